import type { ProjectionMethod } from '@/lib/projection/projection'

/**
 * By how many percent of what a period cost each method was off on average, from its first day to its 31st, as printed
 * by `npm run bench:projection`: made-up usage of several shapes, each of which counts the same.
 */
export const PROJECTION_ERRORS: Record<ProjectionMethod, readonly number[]> = {
  RECENT_WEEKS: [
    15.4, 14.7, 14.2, 13.8, 13.3, 12.7, 12.1, 11.5, 11.0, 10.4, 9.9, 9.5, 9.0, 8.5, 8.1, 7.8, 7.4,
    6.9, 6.4, 6.0, 5.5, 5.0, 4.6, 4.2, 3.8, 3.5, 3.0, 2.5, 1.9, 1.3, 0.7,
  ],
  RUN_RATE: [
    14.5, 13.8, 13.6, 12.0, 12.3, 10.8, 12.1, 12.1, 11.9, 11.9, 11.5, 11.2, 11.1, 12.0, 12.2, 11.4,
    10.8, 9.3, 10.1, 10.1, 11.0, 11.3, 10.5, 9.0, 7.8, 8.7, 8.8, 9.5, 8.8, 6.8, 3.9,
  ],
}
