import { reauthenticate } from '@/app/[tenant]/settings/api-access/token-actions'
import type { TokenFormSetting } from '@/components/tokens/form/token-form-contract'

/** What a server component can hand over; functions cannot cross. */
export type FormFacts = Omit<TokenFormSetting, 'confirmPassword'>

/** The facts with the way to prove who one is. */
export function formSetting(facts: FormFacts): TokenFormSetting {
  return {
    ...facts,
    confirmPassword: (password) => reauthenticate(facts.tenant, { password }),
  }
}
