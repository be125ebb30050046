import { DomainError } from '@/lib/errors'

/** What a session that lacks the second factor which its organization requires is told, by either door. */
export function secondFactorMissing(organizationName: string): DomainError {
  return new DomainError(
    'forbidden',
    'two_factor_required',
    `${organizationName} requires a second factor. Set one up in your profile, under Security.`,
  )
}
