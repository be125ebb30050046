import {
  ALL_SCOPES,
  normalizeScopes,
  RESOURCES,
  type Scope,
  type ScopeFact,
  scopeFact,
} from '@/lib/access/scopes'
import { utcDate } from '@/lib/tokens/utc-date'

/** What a token will be able to do, in one plain sentence; isomorphic. */

const READ = 'read '
const CREATE = 'create and change '
/** More things than this are counted instead of named: the sentence must be read, not skipped. */
const NAMED_MAX = 4
const CLAUSES_MAX = 5

const isRead = (scope: Scope): boolean => scope.endsWith(':read')
const READ_SCOPES = ALL_SCOPES.filter(isRead)

function series(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`
}

function counted(words: readonly string[], noun: (count: number) => string): string {
  if (words.length <= NAMED_MAX) return series(words)
  const named = words.slice(0, NAMED_MAX - 1)
  return series([...named, noun(words.length - named.length)])
}

const moreResources = (count: number): string => `${count} more kinds of resource`

/** The thing of a phrase; among others by its short name, so that lists do not nest. */
function thing(fact: ScopeFact, prefix: string, alone: boolean): string {
  const whole = fact.phrase.slice(prefix.length)
  if (alone) return whole
  return whole.split(/,| and /)[0] ?? whole
}

function clauseOf(facts: readonly ScopeFact[], prefix: string, verb: string): string[] {
  if (facts.length === 0) return []
  const things = facts.map((fact) => thing(fact, prefix, facts.length === 1))
  return [`${verb} ${counted(things, moreResources)}`]
}

/** "read everything", "read and change agents and tools", "run agents": strongest grouping first. */
function clauses(scopes: readonly Scope[]): string[] {
  const facts = scopes.map(scopeFact)
  const reads = facts.filter((fact) => fact.phrase.startsWith(READ))
  const writes = facts.filter((fact) => fact.phrase.startsWith(CREATE))
  const others = facts.filter((fact) => !reads.includes(fact) && !writes.includes(fact))
  const everythingRead = READ_SCOPES.every((scope) => scopes.includes(scope))

  const written = new Set(writes.map((fact) => fact.resource))
  const readToo = new Set(reads.map((fact) => fact.resource))
  const both = everythingRead ? [] : writes.filter((fact) => readToo.has(fact.resource))
  const onlyWrites = writes.filter((fact) => !both.includes(fact))
  const onlyReads = everythingRead ? [] : reads.filter((fact) => !written.has(fact.resource))

  return [
    ...others.filter((fact) => fact.risk === 'high').map((fact) => fact.phrase),
    ...(everythingRead ? ['read everything'] : []),
    ...clauseOf(both, CREATE, 'read, create and change'),
    ...clauseOf(onlyWrites, CREATE, 'create and change'),
    ...clauseOf(onlyReads, READ, 'read'),
    ...others.filter((fact) => fact.risk !== 'high').map((fact) => fact.phrase),
  ]
}

/** Clauses that hold lists of their own are set apart by semicolons. */
function joined(parts: readonly string[]): string {
  if (!parts.some((part) => part.includes(',') || part.includes(' and '))) return series(parts)
  if (parts.length <= 1) return parts[0] ?? ''
  return `${parts.slice(0, -1).join('; ')}; and ${parts[parts.length - 1]}`
}

/** "run agents and write traces"; '' for no scope. */
export function powersInWords(input: Iterable<Scope>): string {
  const scopes = normalizeScopes(input)
  const missing = ALL_SCOPES.filter((scope) => !scopes.includes(scope))
  if (missing.length === 0) return 'do everything that a token can do'
  if (missing.length <= 3) {
    const exceptions = missing.map((scope) => scopeFact(scope).phrase)
    return `do everything that a token can do, except ${joined(exceptions)}`
  }
  const parts = clauses(scopes)
  if (parts.length <= CLAUSES_MAX) return joined(parts)
  const named = parts.slice(0, CLAUSES_MAX - 1)
  return joined([...named, `do ${parts.length - named.length} other things`])
}

export interface ReviewFacts {
  scopes: Iterable<Scope>
  /** Epoch ms; null = never expires. */
  expiresAt: number | null
  /** "This token" unless told. */
  subject?: string
}

/** "This token can run agents and write traces until 21 Feb 2027." */
export function reviewSentence({ scopes, expiresAt, subject = 'This token' }: ReviewFacts): string {
  const powers = powersInWords(scopes)
  if (powers === '') return `${subject} can do nothing yet: choose at least one scope.`
  const end = expiresAt === null ? ', and never expires' : ` until ${utcDate(expiresAt)}`
  const comma = powers.includes(';') && expiresAt !== null ? ',' : ''
  return `${subject} can ${powers}${comma}${end}.`
}

export interface LeakRisk {
  resource: ScopeFact['resource']
  label: string
  /** "run agents and read agents". */
  sentence: string
  risk: ScopeFact['risk']
  scopes: Scope[]
}

const RISK_ORDER = { high: 0, medium: 1, low: 2 } as const

/** What a thief of these scopes could touch: one line a resource, the most dangerous first. */
export function leakRisks(input: Iterable<Scope>): LeakRisk[] {
  const byResource = new Map<ScopeFact['resource'], ScopeFact[]>()
  for (const fact of normalizeScopes(input).map(scopeFact)) {
    byResource.set(fact.resource, [...(byResource.get(fact.resource) ?? []), fact])
  }
  const lines = [...byResource].map(([resource, facts]): LeakRisk => {
    const ranked = [...facts].sort((a, b) => RISK_ORDER[a.risk] - RISK_ORDER[b.risk])
    return {
      resource,
      label: RESOURCES[resource].label,
      sentence: powersInWords(facts.map((fact) => fact.id)),
      risk: ranked[0]?.risk ?? 'low',
      scopes: facts.map((fact) => fact.id),
    }
  })
  return lines.sort((a, b) => RISK_ORDER[a.risk] - RISK_ORDER[b.risk])
}

/** Tokens that can do nothing but deliver may travel in a URL; every other must not. */
export function isUrlCarriable(scopes: readonly Scope[]): boolean {
  return scopes.length > 0 && scopes.every((scope) => scope === 'inbound:deliver')
}
