import { pathOf } from '@/app/v1/_api/reply'
import { hidesSecret } from '@/lib/tokens/secrets-in-text'

/** Below these operations have a `secretInPath`, which may have no form that could be known again. */
const SECRET_BELOW = /^(.*?\/(?:webhooks|deviceAuthorizations|invitations)\/).+$/i

/** What a problem names as its instance: the path without its query, and without whatever reads like a token of ours. */
export function instanceOf(url: string): string {
  const path = pathOf(url)
  if (!hidesSecret(path)) return path
  const parts = path.split('/').map((part) => (hidesSecret(part) ? '…' : part))
  const masked = parts.join('/')
  return hidesSecret(masked) ? '/…' : masked
}

/**
 * The same where no route took the path: whoever mistypes the address of a delivery or takes the wrong method carries
 * the credential all the same, and nobody has said which part it is.
 */
export function unmatchedInstanceOf(url: string): string {
  return instanceOf(url).replace(SECRET_BELOW, '$1…')
}
