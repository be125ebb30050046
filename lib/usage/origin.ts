/** Whether a call was made for real or to try something out. */
export const ORIGINS = ['PRODUCTION', 'TEST'] as const
export type Origin = (typeof ORIGINS)[number]
