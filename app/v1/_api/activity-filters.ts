import { choice, freeText, type Query, wholeNumber } from '@/app/v1/_api/query'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export interface ActivityFilters {
  search?: string
  statusClass?: 2 | 3 | 4 | 5
  method?: string
}

/** @throws ProblemError 400 for a value outside of what a call can have */
export function activityFilters(query: Query): ActivityFilters {
  const search = freeText(query, 'search')
  const statusClass = wholeNumber(query, 'statusClass', { min: 2, max: 5 })
  const method = choice(query, 'method', METHODS)
  return {
    ...(search !== undefined && { search }),
    ...(statusClass !== undefined && { statusClass: statusClass as 2 | 3 | 4 | 5 }),
    ...(method !== undefined && { method }),
  }
}
