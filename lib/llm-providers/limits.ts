/** Bounds of model providers; isomorphic. */

export const PROVIDER_NAME_MAX = 64
/** Lower-case letters and digits, and single signs between them. */
export const PROVIDER_NAME = /^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/
export const CONFIG_NAME_MAX = 80
export const BASE_URL_MAX = 500
export const MODEL_NAME_MAX = 128
export const API_KEY_MIN = 8
export const API_KEY_MAX = 1000
/** Of an organization, over all providers. */
export const CONFIGS_MAX = 50
/** A key shorter than this is shown without its last characters. */
export const HINTED_KEY_MIN = 16
/** Each test is paid for. */
export const TESTS_PER_MINUTE = 10
export const TEST_TIMEOUT_MS = 10_000
