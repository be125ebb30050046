import {
  normalizeScopes,
  RESOURCES,
  type Resource,
  SCOPE_FACTS,
  type Scope,
  type ScopeFact,
} from '@/lib/access/scopes'

/** The matrix of the scope picker, derived from the catalogue; pure. */

export type ScopeColumn = 'read' | 'write' | 'special'
export const SCOPE_COLUMNS: readonly ScopeColumn[] = ['read', 'write', 'special']

export interface ScopeMatrixRow {
  resource: Resource
  label: string
  description: string
  read: ScopeFact | null
  write: ScopeFact | null
  special: ScopeFact[]
  all: ScopeFact[]
}

const columnOf = (fact: ScopeFact): ScopeColumn =>
  fact.action === 'read' || fact.action === 'write' ? fact.action : 'special'

export const SCOPE_MATRIX: readonly ScopeMatrixRow[] = (Object.keys(RESOURCES) as Resource[]).map(
  (resource) => {
    const all = SCOPE_FACTS.filter((fact) => fact.resource === resource)
    return {
      resource,
      label: RESOURCES[resource].label,
      description: RESOURCES[resource].description,
      read: all.find((fact) => fact.action === 'read') ?? null,
      write: all.find((fact) => fact.action === 'write') ?? null,
      special: all.filter((fact) => columnOf(fact) === 'special'),
      all,
    }
  },
)

/** Rows whose name, description or scope id holds the text. */
export function filterMatrix(query: string): readonly ScopeMatrixRow[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return SCOPE_MATRIX
  return SCOPE_MATRIX.filter((row) =>
    [row.label, row.description, ...row.all.map((fact) => fact.id)].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  )
}

export function columnScopes(rows: readonly ScopeMatrixRow[], column: ScopeColumn): Scope[] {
  return rows.flatMap((row) =>
    row.all.filter((fact) => columnOf(fact) === column).map((fact) => fact.id),
  )
}

export type Coverage = 'none' | 'some' | 'all'

/** How much of the group is chosen, of what may be chosen at all. */
export function coverage(
  group: readonly Scope[],
  chosen: ReadonlySet<Scope>,
  ceiling: ReadonlySet<Scope>,
): Coverage {
  const selected = group.filter((scope) => chosen.has(scope)).length
  if (selected === 0) return 'none'
  const possible = group.filter((scope) => ceiling.has(scope) || chosen.has(scope)).length
  return selected === possible ? 'all' : 'some'
}

/** Adds the group, or takes it away where all of it was chosen; never adds beyond the ceiling. */
export function toggleGroup(
  group: readonly Scope[],
  chosen: ReadonlySet<Scope>,
  ceiling: ReadonlySet<Scope>,
): Scope[] {
  if (coverage(group, chosen, ceiling) === 'all') {
    return normalizeScopes([...chosen].filter((scope) => !group.includes(scope)))
  }
  return normalizeScopes([...chosen, ...group.filter((scope) => ceiling.has(scope))])
}
