/** As long as events are taken late: an older day could only be about calls that are settled. */
export const BACKDATED_DAYS_MAX = 35
export const AHEAD_DAYS_MAX = 730
