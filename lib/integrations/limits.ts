/** Limits of what people type about integrations, and of what is called; isomorphic. */

export const INTEGRATION_ID_MAX = 64
export const DISPLAY_NAME_MAX = 80
export const DESCRIPTION_MAX = 2048
export const INTEGRATIONS_MAX = 100
/** Agents that one integration lets be run. */
export const AGENTS_MAX = 50

/** Calls of one integration that one process works on at once. */
export const MCP_CALLS_AT_ONCE = 16
/** Bytes of a JSON-RPC message. */
export const MCP_MAX_BYTES = 256 * 1024
/** Characters of what an agent is given. */
export const RUN_INPUT_MAX = 20_000
