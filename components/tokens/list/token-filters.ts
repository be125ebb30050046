import { isEnded } from '@/components/tokens/state-words'
import { isScope, type Scope } from '@/lib/access/scopes'
import { TOKEN_STATES, type TokenState } from '@/lib/tokens/model'
import type { ScopeSet, TokenRow } from './token-rows'

/** What the token table shows and in which order; isomorphic, because the address holds it. */

export const SORTABLE = ['name', 'owner', 'state', 'access', 'used', 'created', 'expires'] as const
export type SortableColumn = (typeof SORTABLE)[number]

export interface TokenSort {
  id: SortableColumn
  desc: boolean
}

export interface TokenFilters {
  query: string
  /** Only admins see more than their own. */
  view: 'mine' | 'everyone'
  states: TokenState[]
  /** Tokens that hold any of them. */
  scopes: Scope[]
  owners: string[]
  /** Expired, rotated and revoked ones too. */
  ended: boolean
  /** null = newest first, as the server lists them. */
  sort: TokenSort | null
}

export const NO_FILTERS: TokenFilters = {
  query: '',
  view: 'mine',
  states: [],
  scopes: [],
  owners: [],
  ended: false,
  sort: null,
}

type Params = Record<string, string | string[] | undefined>

const one = (params: Params, name: string): string => {
  const value = params[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}
const list = (params: Params, name: string): string[] =>
  one(params, name).split(',').filter(Boolean)

/** From the address; what is not understood is left out. */
export function readTokenFilters(params: Params): TokenFilters {
  const sort = one(params, 'sort')
  const column = SORTABLE.find((id) => id === sort.replace(/^-/, ''))
  return {
    query: withoutSecret(one(params, 'q').slice(0, 200)),
    view: one(params, 'view') === 'everyone' ? 'everyone' : 'mine',
    states: TOKEN_STATES.filter((state) => list(params, 'state').includes(state)),
    scopes: list(params, 'scope').filter(isScope),
    owners: list(params, 'owner'),
    ended: one(params, 'ended') === '1',
    sort: column ? { id: column, desc: sort.startsWith('-') } : null,
  }
}

export function tokenFilterParams(filters: TokenFilters): Record<string, string> {
  const { sort } = filters
  return {
    q: filters.query,
    view: filters.view === 'everyone' ? 'everyone' : '',
    state: filters.states.join(','),
    scope: filters.scopes.join(','),
    owner: filters.owners.join(','),
    ended: filters.ended ? '1' : '',
    sort: sort ? `${sort.desc ? '-' : ''}${sort.id}` : '',
  }
}

const WHOLE_SECRET = /\b(fx_(?:pat|sat)_[0-9A-Za-z]{4})[0-9A-Za-z]{12,}([0-9A-Za-z]{4})\b/g
const WHOLE_LEGACY_KEY = /\bfxn?_live_[0-9A-Za-z_-]{4,}([0-9A-Za-z]{4})\b/g

/**
 * People paste a found secret to learn whose it is. The search is put into the address, so the secret is
 * first cut down to what the list shows of it.
 */
export function withoutSecret(query: string): string {
  return query.replaceAll(WHOLE_SECRET, '$1…$2').replaceAll(WHOLE_LEGACY_KEY, '…$1')
}

/** Something besides the order narrows the list. */
export function isNarrowed(filters: TokenFilters): boolean {
  return (
    filters.query.trim() !== '' ||
    filters.states.length + filters.scopes.length + filters.owners.length > 0
  )
}

export type RowPredicate = (row: TokenRow) => boolean

/**
 * Compiled once a change, then asked of each of up to 10,000 rows: scope sets are shared between rows, so
 * each is looked at once.
 */
export function rowPredicate(
  filters: TokenFilters,
  viewerId: string,
  scopeSets: Iterable<ScopeSet>,
): RowPredicate {
  const words = filters.query.toLowerCase().split(/\s+/).filter(Boolean)
  const states = new Set(filters.states)
  const owners = new Set(filters.owners)
  const wanted = new Set(filters.scopes)
  const matching = new Set<ScopeSet>()
  if (wanted.size > 0) {
    for (const set of scopeSets)
      if (set.scopes.some((scope) => wanted.has(scope))) matching.add(set)
  }
  // A state asked for by name is shown even where ended ones are hidden.
  const showsEnded = filters.ended || filters.states.some(isEnded)
  return (row) =>
    (filters.view === 'everyone' || row.ownerId === viewerId) &&
    (showsEnded || !isEnded(row.state)) &&
    (states.size === 0 || states.has(row.state)) &&
    (owners.size === 0 || owners.has(row.ownerId)) &&
    (wanted.size === 0 || matching.has(row.scopeSet)) &&
    words.every((word) => row.haystack.includes(word))
}

/** How many rows the "Show ended" switch is about. */
export function countEnded(
  rows: readonly TokenRow[],
  view: TokenFilters['view'],
  viewerId: string,
): number {
  let count = 0
  for (const row of rows) {
    if (isEnded(row.state) && (view === 'everyone' || row.ownerId === viewerId)) count++
  }
  return count
}
