/** One page of a list (Google AIP-158). `nextPageToken` is '' at the end. */
export interface Page<T> {
  items: T[]
  nextPageToken: string
  totalCount: number
}

export const PAGE_SIZE_DEFAULT = 50
export const PAGE_SIZE_MAX = 200

export interface PageRequest {
  /** Coerced to 1…200; absent = 50. */
  pageSize?: number | undefined
  /** As given by the last page; '' or absent = the first. */
  pageToken?: string | undefined
}

/**
 * Of what programs make by the million, a list counts no further: `totalCount` then is this, and there may be more.
 * Whoever wants to know how many there were asks usage, which has the sums.
 */
export const COUNTED_TO = 10_000
