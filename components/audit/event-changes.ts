import { durationWords } from '@/components/tokens/state-words'
import { utcDateTime } from '@/lib/tokens/utc-date'

/** Reads an event's `details`, whose shape depends on its kind, into what the page can show. */

/** Given for the first time, or changed. */
export type ScopeStory =
  | { kind: 'given'; scopes: string[] }
  | { kind: 'changed'; before: string[]; after: string[] }

export interface DetailFact {
  term: string
  text: string
}

export interface EventChanges {
  scopes: ScopeStory | null
  facts: DetailFact[]
}

/** Keys that need other words than their own. */
const TERMS: Readonly<Record<string, string>> = {
  expiresAt: 'Expiry',
  graceSeconds: 'Overlap',
  keyPrefix: 'Secret',
  maxLifetimeDays: 'Maximum life',
  expiryRequired: 'Expiry required',
  bearerMinting: 'Creating tokens by API',
  onLeak: 'When a live token is reported',
  twoFactorRequired: 'Two-factor required',
  replaces: 'Replaces token',
  tokensEnded: 'Tokens ended',
  amountUsd: 'Amount a month, in USD',
  enforceLimit: 'Limit enforced',
  chargedUsd: 'Charged, in USD',
  agent: 'Agent id',
  integration: 'Integration id',
  mcpKeyRevoked: 'MCP key revoked',
  isPublic: 'Public',
  targetUrl: 'Forwards to',
  targetAgentId: 'Runs the agent',
  url: 'URL',
  addressFingerprint: 'Fingerprint of the address',
  baseUrl: 'Base URL',
  withKey: 'With a key',
}

/** What is stored in capitals, in words; by key and value. */
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  method: { PASSWORD: 'Password', PASSKEY: 'Passkey', OIDC: 'Company sign-in' },
  secondFactor: { app: 'Authenticator app', recovery: 'Recovery code' },
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

function isBeforeAfter(value: unknown): value is { before: unknown; after: unknown } {
  return isRecord(value) && 'before' in value && 'after' in value
}

/** `userAgent` → "User agent". */
function termOf(key: string): string {
  const words = key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return TERMS[key] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

function textOf(key: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return numberText(key, value)
  if (isTextList(value)) return value.length === 0 ? 'none' : value.join(', ')
  if (typeof value !== 'object') return VALUES[key]?.[String(value)] ?? String(value)
  return Object.keys(value).length === 0 ? 'none' : JSON.stringify(value)
}

/** By convention a name ends in its unit, and times are epoch ms in names that end in "At". */
function numberText(key: string, value: number): string {
  if (key.endsWith('At')) return utcDateTime(value)
  if (key.endsWith('Days')) return value === 1 ? '1 day' : `${value} days`
  if (!key.endsWith('Seconds')) return String(value)
  return value === 0 ? 'none' : durationWords(value * 1000)
}

function factsOf(key: string, value: unknown): DetailFact[] {
  if (isBeforeAfter(value)) {
    return [
      { term: termOf(key), text: `${textOf(key, value.before)} → ${textOf(key, value.after)}` },
    ]
  }
  return [{ term: termOf(key), text: textOf(key, value) }]
}

/** `{ before: { name }, after: { name } }` and `{ name: { before, after } }` are the same story. */
function byField(details: Record<string, unknown>): Record<string, unknown> {
  const { before, after, ...rest } = details
  if (!isRecord(before) || !isRecord(after)) return details
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const pairs = fields.map((field) => [field, { before: before[field], after: after[field] }])
  return { ...rest, ...Object.fromEntries(pairs) }
}

function isUnchanged(value: unknown): boolean {
  return isBeforeAfter(value) && JSON.stringify(value.before) === JSON.stringify(value.after)
}

function scopeStoryOf(value: unknown): ScopeStory | null {
  if (isTextList(value)) return { kind: 'given', scopes: value }
  if (!isBeforeAfter(value)) return null
  const { before, after } = value
  return isTextList(before) && isTextList(after) ? { kind: 'changed', before, after } : null
}

export function eventChanges(details: Record<string, unknown>): EventChanges {
  const fields = Object.entries(byField(details)).filter(
    ([, value]) => value !== undefined && !isUnchanged(value),
  )
  const scopes = scopeStoryOf(fields.find(([key]) => key === 'scopes')?.[1])
  const facts = fields
    .filter(([key]) => !(scopes && key === 'scopes'))
    .flatMap(([key, value]) => factsOf(key, value))
  return { scopes, facts }
}
