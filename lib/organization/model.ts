import type { TokenPolicy } from '@/lib/context'

/** Pure rules of organizations and their token policy; isomorphic. */

export const SLUG_MAX = 48
export const WEBSITE_MAX = 300

/** Days between asking for the end of an organization and its end. */
export const DELETION_DAYS = 14

/** Addresses that one organization may hold, the present one included: it keeps them for ever. */
export const ADDRESSES_MAX = 20

/** Rules left out (or undefined) stay as they are. */
export type PolicyChange = { [Rule in keyof TokenPolicy]?: TokenPolicy[Rule] | undefined }

/** The policy as the change would leave it. */
export function patchedPolicy(policy: TokenPolicy, change: PolicyChange): TokenPolicy {
  return {
    maxLifetimeDays:
      change.maxLifetimeDays === undefined ? policy.maxLifetimeDays : change.maxLifetimeDays,
    expiryRequired: change.expiryRequired ?? policy.expiryRequired,
    bearerMinting: change.bearerMinting ?? policy.bearerMinting,
  }
}

/**
 * True where tokens that are accepted today may be refused under `after`. Turning API minting off only
 * stops new tokens, so it is not among them.
 */
export function tightens(before: TokenPolicy, after: TokenPolicy): boolean {
  if (after.expiryRequired && !before.expiryRequired) return true
  if (after.maxLifetimeDays === null) return false
  return before.maxLifetimeDays === null || after.maxLifetimeDays < before.maxLifetimeDays
}

/** True where anything is allowed under `after` that was not before. */
export function loosens(before: TokenPolicy, after: TokenPolicy): boolean {
  if (before.expiryRequired && !after.expiryRequired) return true
  if (!before.bearerMinting && after.bearerMinting) return true
  if (before.maxLifetimeDays === null) return false
  return after.maxLifetimeDays === null || after.maxLifetimeDays > before.maxLifetimeDays
}

/** A slug proposed from a name: "Åkers & Söner AB" becomes "akers-soner-ab". May be empty. */
export function proposeSlug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_MAX)
    .replace(/^-+|-+$/g, '')
}

/** True for what a link may lead to: http or https, a host with a dot, and no password in it. */
export function isWebsite(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  const isWeb = protocol === 'https:' || protocol === 'http:'
  return isWeb && /[^.]\.[^.]/.test(hostname) && username === '' && password === ''
}

/** The address behind what somebody typed: "acme.example" means https://acme.example, nothing means none. */
export function websiteOf(typed: string): string | null {
  const text = typed.trim()
  if (text === '') return null
  return /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`
}

/** Name and website as texts of a form; an empty website is none. */
export type Identity = { name: string; website: string }

/** The fields that were sent and differ. */
export function touchedFields(stored: Identity, typed: Identity): (keyof Identity)[] {
  return (['name', 'website'] as const).filter(
    (field) => field in typed && typed[field] !== stored[field],
  )
}

/** What a form of them changes. What was not touched is not sent: another admin may have changed it meanwhile. */
export function identityChange(stored: Identity, typed: Identity) {
  const touched = touchedFields(stored, typed)
  return {
    ...(touched.includes('name') && { name: typed.name }),
    ...(touched.includes('website') && { website: websiteOf(typed.website) }),
  }
}
