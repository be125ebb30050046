'use client'

import { useState } from 'react'
import { SwitchField } from '@/components/ui/switch'
import { PolicyCard } from './policy-card'
import type { PolicyCardOwnProps } from './policy-form'
import { usePolicySave } from './use-policy-save'

export type SwitchCardProps = PolicyCardOwnProps & {
  rule: 'expiryRequired' | 'bearerMinting'
  title: string
  description: string
  hint: string
  label: string
  /** What the switch means where it stands. */
  meaning: { on: string; off: string }
}

/** A rule of the policy that is on or off. */
export function SwitchCard({
  tenant,
  now,
  policy,
  onSaved,
  rule,
  title,
  description,
  hint,
  label,
  meaning,
}: SwitchCardProps) {
  const [on, setOn] = useState(policy[rule])
  const save = usePolicySave(tenant, policy, { [rule]: on }, onSaved)
  function change(next: boolean) {
    setOn(next)
    save.touch()
  }
  return (
    <PolicyCard
      title={title}
      description={description}
      hint={hint}
      tenant={tenant}
      now={now}
      dirty={on !== policy[rule]}
      save={save}
      onCancel={() => change(policy[rule])}
    >
      <SwitchField
        label={label}
        description={on ? meaning.on : meaning.off}
        checked={on}
        onCheckedChange={change}
      />
    </PolicyCard>
  )
}
