'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { handOver } from '@/app/[tenant]/settings/general/actions'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { DangerAct } from './danger-act'

export type HandOverProps = { tenant: string; name: string }

/** Admin duty goes to another member, in one step. */
export function HandOver({ tenant, name }: HandOverProps) {
  const router = useRouter()
  const [email, setEmail] = useState('')
  return (
    <DangerAct
      tenant={tenant}
      label="Hand over"
      title={`Hand over ${name}?`}
      description="Another member becomes an admin, and you become a plain member at the same moment. Your tokens lose what only admins may do. Only an admin can undo it."
      problemTitle="Nothing was handed over"
      fieldPointer="/email"
      onOpen={() => setEmail('')}
      act={() => handOver(tenant, { email })}
      onDone={() => router.refresh()}
    >
      {(wrong) => (
        <Field label="E-mail address of your successor" error={wrong}>
          <Input
            type="email"
            autoComplete="off"
            spellCheck={false}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
      )}
    </DangerAct>
  )
}
