'use client'

import { useState } from 'react'
import { saveLeakPolicy } from '@/app/[tenant]/settings/api-access/leak-actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SaveFooter } from '@/components/settings/save-footer'
import { SectionCard } from '@/components/settings/section-card'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useSave } from '@/components/settings/use-save'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { RadioCards } from '@/components/ui/radio-cards'
import { LEAK_RESPONSES, type LeakPolicy, type LeakResponse } from '@/lib/leaks/model'
import { RESPONSE_WORDS } from './leak-words'

export type ResponseCardProps = { tenant: string; initial: LeakPolicy }

/** What the organization wants done with a live token that is reported. */
export function ResponseCard({ tenant, initial }: ResponseCardProps) {
  const [stored, setStored] = useState(initial.onLeak)
  const [chosen, setChosen] = useState(initial.onLeak)
  const save = useSave()
  const reauthentication = useReauthentication(tenant)
  const dirty = chosen !== stored
  const guard = useUnsavedGuard(dirty)
  function choose(response: LeakResponse) {
    setChosen(response)
    save.touch()
  }
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save.run(
            () => reauthentication.run(() => saveLeakPolicy(tenant, { onLeak: chosen })),
            ({ onLeak }) => setStored(onLeak),
          )
        }}
      >
        <SectionCard
          title="When a live token is reported"
          description="By GitHub, or by whoever holds the secret: to report it is to prove that it has leaked."
          footer={
            <SaveFooter
              dirty={dirty}
              saving={save.saving}
              saved={save.saved}
              onCancel={() => choose(stored)}
              hint="Counts from the next report on. Programs may go over to revoking, never back."
            />
          }
        >
          <div className="flex flex-col gap-4">
            <RadioCards
              label="When a live token is reported"
              value={chosen}
              onValueChange={(value) => choose(value as LeakResponse)}
              options={LEAK_RESPONSES.map((value) => ({ value, ...RESPONSE_WORDS[value] }))}
            />
            <ProblemNotice problem={save.problem} title="The policy was not changed" />
          </div>
        </SectionCard>
      </form>
      {guard.dialog}
      {reauthentication.dialog}
    </>
  )
}
