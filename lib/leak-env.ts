import { z } from 'zod'
import { parseGithubKeys } from '@/lib/leaks/github-keys'

/** Who may report leaks with a signature, and whom to write to about security. Part of lib/env.ts. */

const httpsAddress = z
  .string()
  .refine((value) => URL.canParse(value) && new URL(value).protocol === 'https:', {
    message: 'must be an https URL: https://api.github.com/meta/public_keys/secret_scanning',
  })

const keyList = z.string().transform((value, context) => {
  try {
    return parseGithubKeys(value)
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'must be {"public_keys":[{"key_identifier":"…","key":"PEM of a P-256 key"}]}',
    })
    return z.NEVER
  }
})

/** RFC 9116 wants a URI. */
const contact = z
  .string()
  .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'must be mailto:ADDRESS or an https URL')

export const LEAK_VARIABLES = {
  LEAK_GITHUB_KEYS_URL: httpsAddress.optional(),
  LEAK_GITHUB_KEYS: keyList.optional(),
  SECURITY_CONTACT: contact.optional(),
}
