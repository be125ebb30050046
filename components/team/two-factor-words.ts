import type { TwoFactorPolicy } from '@/lib/organization/two-factor-policy'

/** "3 of 17 members have no second factor." */
export function twoFactorCoverage({ members, withoutSecondFactor }: TwoFactorPolicy): string {
  if (withoutSecondFactor === 0) {
    return members === 1 ? 'The only member has one.' : `All ${count(members)} members have one.`
  }
  const have = withoutSecondFactor === 1 ? 'has' : 'have'
  const people = members === 1 ? 'member' : 'members'
  return `${count(withoutSecondFactor)} of ${count(members)} ${people} ${have} no second factor.`
}

/** What changing the policy does, a sentence each. */
export function twoFactorConsequence(policy: TwoFactorPolicy): string[] {
  if (policy.required) {
    return ['Members keep the second factors that they have, but may remove them.']
  }
  const { withoutSecondFactor } = policy
  const shut =
    withoutSecondFactor === 0
      ? twoFactorCoverage(policy)
      : `${twoFactorCoverage(policy)} ${withoutSecondFactor === 1 ? 'That member sees' : 'They see'} only their security page until they set one up.`
  return [
    shut,
    'Who signs in by a passkey or through the company’s own sign-in is not asked. Tokens go on working.',
  ]
}

const count = (people: number) => people.toLocaleString('en-US')
