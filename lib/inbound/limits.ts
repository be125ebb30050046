/** Bounds of inbound delivery; isomorphic. */

export const WEBHOOK_NAME_MAX = 80
export const TARGET_URL_MAX = 2000
/** Endpoints of an organization. */
export const WEBHOOKS_MAX = 200
/** Subscriptions of an endpoint. */
export const SUBSCRIPTIONS_MAX = 10
export const RECEIVER_NAME_MAX = 80
/** Of the dead letter, sent again at one go. */
export const REDELIVERED_MAX = 10_000
/** Bytes of one delivery. */
export const DELIVERY_MAX_BYTES = 1024 * 1024
/** Seconds that a sender's clock may be off, and so the time in which a captured delivery could be repeated. */
export const SIGNATURE_TOLERANCE_S = 300
/** Equal bodies without an id of their own are one delivery within this time, in ms. */
export const SAME_BODY_WINDOW_MS = 10 * 60 * 1000
export const PROVIDER_SECRET_MIN = 8
export const PROVIDER_SECRET_MAX = 256
export const OVERLAP_HOURS_MAX = 7 * 24
/** Of a new secret, unless told. */
export const OVERLAP_HOURS_DEFAULT = 24
