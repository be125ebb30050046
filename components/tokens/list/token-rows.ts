import { type PresetId, presetOf } from '@/lib/access/presets'
import { ALL_SCOPES, type Scope } from '@/lib/access/scopes'
import type { TokenState, TokenSummary } from '@/lib/tokens/model'
import { TOKEN_STATES } from '@/lib/tokens/model'

/**
 * The wire form of the token table. Ten thousand tokens as objects are some 8 MB of page; by column, with
 * words in dictionaries and scopes as one 41-bit number, they stay under 1.5 MB.
 */
export interface TokenRowsPayload {
  count: number
  /** 22 characters of base64url each: the 16 bytes of the UUID. */
  ids: string
  /** By line: a name holds no control character (tokenNameSchema). */
  names: string
  /** By line. */
  prefixes: string
  last4s: string
  /** Base 36, by comma: index into the dictionary of the same name. */
  owners: string
  creators: string
  states: string
  reasons: string
  ips: string
  scopeSets: string
  /** Base 36 seconds, by comma; empty = null. */
  created: string
  expires: string
  used: string
  /** Indexes of legacy keys, by comma. */
  legacy: string
  words: {
    owners: { id: string; label: string }[]
    creators: string[]
    reasons: string[]
    ips: string[]
    /** Each a decimal of at most 2^41: bit n = ALL_SCOPES[n]. */
    scopeSets: number[]
  }
}

/** One line of the table. Times are epoch ms, whole seconds. */
export interface TokenRow {
  id: string
  name: string
  displayPrefix: string
  last4: string
  legacy: boolean
  ownerId: string
  ownerLabel: string
  createdBy: string
  createdAt: number
  /** After the organization's policy. */
  expiresAt: number | null
  lastUsedAt: number | null
  lastUsedIp: string | null
  state: TokenState
  stateReason: string
  scopeSet: ScopeSet
  /** Lower case: everything that the search box looks at. */
  haystack: string
}

/** Shared by all rows of equal scopes. */
export interface ScopeSet {
  bits: number
  scopes: Scope[]
  preset: PresetId | null
}

class Dictionary<T> {
  readonly entries: T[] = []
  private readonly indexes = new Map<string, number>()

  /** Index of the entry, in base 36. */
  indexOf(key: string, make: () => T): string {
    let index = this.indexes.get(key)
    if (index === undefined) {
      index = this.entries.push(make()) - 1
      this.indexes.set(key, index)
    }
    return index.toString(36)
  }
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const ID_LENGTH = 22
const UUID_HEX_LENGTH = 32

/** 32 hex digits → 22 characters: 3 digits (12 bits) make 2; the last 2 digits (8 bits) make 2 more. */
function packId(uuid: string): string {
  const hex = uuid.replaceAll('-', '').padEnd(UUID_HEX_LENGTH + 1, '0')
  let packed = ''
  for (let at = 0; at < hex.length; at += 3) {
    const bits = Number.parseInt(hex.slice(at, at + 3), 16)
    packed += BASE64URL.charAt(bits >> 6) + BASE64URL.charAt(bits & 63)
  }
  return packed
}

function unpackId(packed: string): string {
  let hex = ''
  for (let at = 0; at < packed.length; at += 2) {
    const bits =
      (BASE64URL.indexOf(packed.charAt(at)) << 6) | BASE64URL.indexOf(packed.charAt(at + 1))
    hex += bits.toString(16).padStart(3, '0')
  }
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, UUID_HEX_LENGTH),
  ].join('-')
}

const scopeIndex = new Map(ALL_SCOPES.map((scope, index) => [scope, index]))

/** The scopes as a number below 2^41 (exact in a double; too wide for bitwise operators). */
export function scopeBits(scopes: Iterable<Scope>): number {
  let bits = 0
  for (const scope of new Set(scopes)) bits += 2 ** (scopeIndex.get(scope) ?? 0)
  return bits
}

function scopesOf(bits: number): Scope[] {
  return ALL_SCOPES.filter((_, index) => Math.floor(bits / 2 ** index) % 2 === 1)
}

const seconds = (at: number | null): string =>
  at === null ? '' : Math.floor(at / 1000).toString(36)

/** Packs tokens for the page, in the order given. */
export function encodeTokenRows(tokens: readonly TokenSummary[]): TokenRowsPayload {
  const owners = new Dictionary<{ id: string; label: string }>()
  const creators = new Dictionary<string>()
  const reasons = new Dictionary<string>()
  const ips = new Dictionary<string>()
  const sets = new Dictionary<number>()
  const column = (cell: (token: TokenSummary) => string, separator = ','): string =>
    tokens.map(cell).join(separator)
  return {
    count: tokens.length,
    ids: column((token) => packId(token.id), ''),
    names: column((token) => token.name, '\n'),
    prefixes: column((token) => token.displayPrefix, '\n'),
    last4s: column((token) => token.last4, '\n'),
    owners: column((token) =>
      owners.indexOf(token.owner.id, () => ({ id: token.owner.id, label: token.owner.label })),
    ),
    creators: column((token) =>
      creators.indexOf(token.createdBy.label, () => token.createdBy.label),
    ),
    states: column((token) => TOKEN_STATES.indexOf(token.state).toString(36)),
    reasons: column((token) => reasons.indexOf(token.stateReason, () => token.stateReason)),
    ips: column((token) => {
      const ip = token.lastUsedIp
      return ip === null ? '' : ips.indexOf(ip, () => ip)
    }),
    scopeSets: column((token) => {
      const bits = scopeBits(token.scopes)
      return sets.indexOf(String(bits), () => bits)
    }),
    created: column((token) => seconds(token.createdAt)),
    expires: column((token) => seconds(token.effectiveExpiresAt)),
    used: column((token) => seconds(token.lastUsedAt)),
    legacy: tokens.flatMap((token, index) => (token.format === 'LEGACY' ? [index] : [])).join(','),
    words: {
      owners: owners.entries,
      creators: creators.entries,
      reasons: reasons.entries,
      ips: ips.entries,
      scopeSets: sets.entries,
    },
  }
}

const base36 = (cell: string | undefined): number => Number.parseInt(cell ?? '', 36)
const time = (cell: string | undefined): number | null => (cell ? base36(cell) * 1000 : null)

/** Unpacks what `encodeTokenRows` packed. */
export function decodeTokenRows(payload: TokenRowsPayload): TokenRow[] {
  if (payload.count === 0) return []
  const { words } = payload
  const sets = words.scopeSets.map((bits): ScopeSet => {
    const scopes = scopesOf(bits)
    return { bits, scopes, preset: presetOf(scopes) }
  })
  const columns = {
    names: payload.names.split('\n'),
    prefixes: payload.prefixes.split('\n'),
    last4s: payload.last4s.split('\n'),
    owners: payload.owners.split(','),
    creators: payload.creators.split(','),
    states: payload.states.split(','),
    reasons: payload.reasons.split(','),
    ips: payload.ips.split(','),
    sets: payload.scopeSets.split(','),
    created: payload.created.split(','),
    expires: payload.expires.split(','),
    used: payload.used.split(','),
  }
  const legacy = new Set(payload.legacy === '' ? [] : payload.legacy.split(',').map(Number))
  const nobody = { id: '', label: '' }
  const noScopes: ScopeSet = { bits: 0, scopes: [], preset: null }
  return Array.from({ length: payload.count }, (_, index): TokenRow => {
    const owner = words.owners[base36(columns.owners[index])] ?? nobody
    const name = columns.names[index] ?? ''
    const displayPrefix = columns.prefixes[index] ?? ''
    const last4 = columns.last4s[index] ?? ''
    return {
      id: unpackId(payload.ids.slice(index * ID_LENGTH, (index + 1) * ID_LENGTH)),
      name,
      displayPrefix,
      last4,
      legacy: legacy.has(index),
      ownerId: owner.id,
      ownerLabel: owner.label,
      createdBy: words.creators[base36(columns.creators[index])] ?? '',
      createdAt: time(columns.created[index]) ?? 0,
      expiresAt: time(columns.expires[index]),
      lastUsedAt: time(columns.used[index]),
      lastUsedIp: columns.ips[index] ? (words.ips[base36(columns.ips[index])] ?? null) : null,
      state: TOKEN_STATES[base36(columns.states[index])] ?? 'active',
      stateReason: words.reasons[base36(columns.reasons[index])] ?? '',
      scopeSet: sets[base36(columns.sets[index])] ?? noScopes,
      haystack: `${name}\n${displayPrefix}…${last4}\n${owner.label}`.toLowerCase(),
    }
  })
}
