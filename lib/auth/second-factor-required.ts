import { DomainError, isDomainError } from '@/lib/errors'
import type { SecondFactorMethod } from '@/lib/two-factor/model'

/** The password was right and opens nothing alone. */
export class SecondFactorRequired extends DomainError {
  constructor(readonly methods: readonly SecondFactorMethod[]) {
    super(
      'unauthenticated',
      'second_factor_required',
      'This account has a second factor: a code or a passkey is needed too.',
    )
  }
}

/** Of either module graph, where `instanceof` does not see it. */
export function isSecondFactorRequired(error: unknown): error is SecondFactorRequired {
  return isDomainError(error) && error.code === 'second_factor_required' && 'methods' in error
}
