/** What the activity log can be narrowed to; isomorphic, because the address holds it. */

export type StatusClass = 2 | 3 | 4 | 5

export interface ActivityFilterChoice {
  search: string
  statusClass: StatusClass | null
  method: string | null
}

export const NO_ACTIVITY_FILTER: ActivityFilterChoice = {
  search: '',
  statusClass: null,
  method: null,
}

export const ACTIVITY_METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const
export const STATUS_CLASSES: readonly { value: StatusClass; label: string }[] = [
  { value: 2, label: '2xx Success' },
  { value: 3, label: '3xx Redirect' },
  { value: 4, label: '4xx Refused' },
  { value: 5, label: '5xx Failed' },
]

/** From `?q=&status=4&method=POST`; what is not understood is left out. */
export function readActivityFilter(
  params: Record<string, string | string[] | undefined>,
): ActivityFilterChoice {
  const one = (name: string): string => {
    const value = params[name]
    return (Array.isArray(value) ? value[0] : value) ?? ''
  }
  const status = STATUS_CLASSES.find((entry) => String(entry.value) === one('status'))
  const method = ACTIVITY_METHODS.find((name) => name === one('method').toUpperCase())
  return {
    search: one('q').slice(0, 200),
    statusClass: status?.value ?? null,
    method: method ?? null,
  }
}

export function activityFilterParams(filter: ActivityFilterChoice): Record<string, string> {
  return {
    q: filter.search,
    status: filter.statusClass === null ? '' : String(filter.statusClass),
    method: filter.method ?? '',
  }
}

export function isFiltered(filter: ActivityFilterChoice): boolean {
  return filter.search !== '' || filter.statusClass !== null || filter.method !== null
}
