/** How much of everything there may be; isomorphic. */

export const DATASETS_MAX = 100
export const NAME_MAX = 80
export const DESCRIPTION_MAX = 2048

/** Of one dataset. */
export const CASES_MAX = 500
export const CASE_NAME_MAX = 120
/** UTF-8 bytes of a text, or of the values as JSON. */
export const INPUT_MAX_BYTES = 64 * 1024
export const EXPECTED_MAX_BYTES = 64 * 1024
export const PARAMETERS_MAX = 30
/** UTF-8 bytes of all cases of a dataset. */
export const DATASET_MAX_BYTES = 8 * 1024 * 1024
