'use client'

import { useState } from 'react'
import type { TokenPolicy } from '@/lib/context'
import { MaxLifetimeCard } from './max-lifetime-card'
import { POLICY_RULES } from './policy-words'
import { SwitchCard } from './switch-card'

export type PolicyCardOwnProps = {
  tenant: string
  now: number
  policy: TokenPolicy
  onSaved: (policy: TokenPolicy) => void
}

export type PolicyFormProps = { tenant: string; now: number; initial: TokenPolicy }

/** The organization's token policy for those who may change it: one card a rule. */
export function PolicyForm({ tenant, now, initial }: PolicyFormProps) {
  const [policy, setPolicy] = useState(initial)
  const own: PolicyCardOwnProps = { tenant, now, policy, onSaved: setPolicy }
  return (
    <div className="flex max-w-form flex-col gap-6">
      <MaxLifetimeCard {...own} />
      <SwitchCard
        {...own}
        rule="expiryRequired"
        {...POLICY_RULES.expiryRequired}
        hint={
          policy.expiryRequired
            ? 'Tokens without an end date are refused until they are rotated with one.'
            : 'Turning this on refuses tokens without an end date.'
        }
      />
      <SwitchCard
        {...own}
        rule="bearerMinting"
        {...POLICY_RULES.bearerMinting}
        hint="Service-account tokens never create tokens, whatever this says."
      />
    </div>
  )
}
