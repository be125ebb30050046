import type { TwoFactorState } from '@/lib/two-factor/model'

/** Below this many a person is told to make new ones. */
export const FEW_RECOVERY_CODES = 3

export function factorCount({ app, passkeys }: TwoFactorState): number {
  return passkeys.length + (app ? 1 : 0)
}

/** What it means to lose one of these factors. */
export function removalEffect(twoFactor: TwoFactorState, effect: string): string {
  return factorCount(twoFactor) > 1
    ? `${effect} Your other factors and your recovery codes stay.`
    : `${effect} It is your only second factor: from then on your password alone signs you in, and your recovery codes end.`
}
