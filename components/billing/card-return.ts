/**
 * Parameter of the address to which pages of the payment provider lead back: which card was there before,
 * or `none`.
 */
export const CARD_BEFORE = 'cardBefore'
