/** How much of everything there may be; isomorphic. */

export const KEY_MAX = 64
export const NAME_MAX = 80
export const DESCRIPTION_MAX = 4000
export const WEIGHT_MIN = 1
export const WEIGHT_MAX = 100
export const DEFAULT_WEIGHT = 10

export const LEVELS_MIN = 2
export const LEVELS_MAX = 11
export const SCORE_MAX = 100
export const LEVEL_LABEL_MAX = 40
export const LEVEL_DESCRIPTION_MAX = 500

/** Own metrics of an organization, deprecated ones included: all of them fit one page. */
export const METRICS_MAX = 500
/** Of one metric. */
export const VERSIONS_MAX = 500
export const IMPORT_MAX = 200
/** Metrics of one agent. */
export const AGENT_METRICS_MAX = 50
/** Characters of each text that is tried. */
export const TRY_TEXT_MAX = 20_000

/** New metrics of an organization within any minute; what an import brings is not counted. */
export const CREATED_PER_MINUTE = 30
