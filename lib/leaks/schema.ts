import { z } from 'zod'
import { COMMENT_MAX, LEAK_RESPONSES, URL_MAX } from '@/lib/leaks/model'

/** Longer than any token that there is. */
const SECRET_MAX = 512
const KIND_MAX = 60
/** GitHub names no limit; a body of 1 MiB holds fewer. */
const GITHUB_REPORTS_MAX = 10_000
const PASTED_MAX = 20_000

/** What anybody may report. */
export const leakReportSchema = z.strictObject({
  token: z.string().trim().min(1).max(SECRET_MAX),
  url: z.string().trim().max(URL_MAX).optional(),
  comment: z.string().trim().max(COMMENT_MAX).optional(),
})
export type LeakReportInput = z.infer<typeof leakReportSchema>

/** What GitHub sends; fields that it may add are no reason to leave a leaked token alive. */
export const githubReportsSchema = z
  .array(
    z.object({
      token: z.string(),
      type: z.string(),
      url: z.string().nullish(),
      source: z.string().max(KIND_MAX).nullish().catch(null),
    }),
  )
  .max(GITHUB_REPORTS_MAX)
export type GithubReports = z.infer<typeof githubReportsSchema>

export const leakPolicySchema = z.strictObject({ onLeak: z.enum(LEAK_RESPONSES) })

export const identifyTokensSchema = z.strictObject({
  text: z
    .string()
    .refine((text) => text.trim() !== '', 'Paste the text that holds the token.')
    .max(PASTED_MAX, `Paste at most ${PASTED_MAX.toLocaleString('en-US')} characters.`),
})
