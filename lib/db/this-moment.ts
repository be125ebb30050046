/**
 * The transaction's moment as our columns keep it (`timestamptz(3)`). Plain `now()` is rounded to the
 * nearest millisecond when stored, so that an end could lie up to half a millisecond ahead and not bite
 * yet. Compare what is stored with `clock_timestamp()`: after a wait for a lock, `now()` is the past.
 */
export const THIS_MOMENT = "date_trunc('milliseconds', now())"

/**
 * What is stored without `THIS_MOMENT` and not after this has come: half a millisecond of it may be rounding, and
 * whoever was just told that something is due must find it.
 */
export const STORED_BY_NOW = "clock_timestamp() + interval '500 microseconds'"
