/** How much of everything there may be; isomorphic. */

/** Of one organization under way at once. */
export const UNDER_WAY_MAX = 2
/** Cases of one run that are worked on at once. */
export const AT_ONCE_OF_ONE = 4
/** Of all runs in one process. */
export const AT_ONCE = 8
/** Times that a process may die over the same case. */
export const ATTEMPTS_MAX = 3
/** Times that a case is held up by a limit: a quarter of an hour in all, or more. */
export const WAITS_MAX = 12
/** Wait after the first of them, twice as long after each, up to the second. */
export const FIRST_WAIT_MS = 5000
export const LONGEST_WAIT_MS = 120_000
/** A run that took no longer is not told of, unless it failed: who started it is still looking. */
export const TOLD_AFTER_MS = 60_000
/** Cases of a refusal that are named one by one. */
export const UNFIT_NAMED = 10
