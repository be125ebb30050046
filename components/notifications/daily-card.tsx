'use client'

import { useState } from 'react'
import { saveOwnTimeZone } from '@/app/[tenant]/settings/profile/notification-actions'
import { attempt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard, SectionFooter } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { NativeSelect } from '@/components/ui/native-select'
import { useHydrated } from '@/components/ui/use-hydrated'
import { localMoment } from '@/lib/local-date'
import { SaveState } from './save-state'
import { timeZonesByRegion } from './time-zones'

export type DailyCardProps = { tenant: string; now: number; timeZone: string; digestHour: number }

/** When the daily e-mail comes: the hour is ours, the time zone the person's. */
export function DailyCard({ tenant, now, timeZone, digestHour }: DailyCardProps) {
  const [stored, setStored] = useState(timeZone)
  const [shown, setShown] = useState(timeZone)
  const save = useSave()
  const hydrated = useHydrated()
  const browserZone = hydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : shown

  function choose(next: string) {
    setShown(next)
    save.touch()
    save.run(
      async () => {
        const outcome = await attempt(() => saveOwnTimeZone(tenant, { timeZone: next }))
        // Shown again as the server has it.
        if (!outcome.ok) setShown(stored)
        return outcome
      },
      () => setStored(next),
    )
  }
  return (
    <SectionCard
      title="Daily e-mail"
      description={`Everything that you want daily, in one e-mail at ${clock(digestHour, 0)}. There is none on a day without news.`}
      footer={
        <SectionFooter
          hint={whenThere(now, shown, digestHour)}
          actions={<SaveState save={save} />}
        />
      }
    >
      <div className="flex flex-col items-start gap-3">
        <div className="w-full sm:w-72">
          <Field label="Time zone">
            <NativeSelect value={shown} onChange={(event) => choose(event.target.value)}>
              {hydrated ? <Zones shown={shown} /> : <option value={shown}>{shown}</option>}
            </NativeSelect>
          </Field>
        </div>
        {browserZone && browserZone !== shown ? (
          <Button onClick={() => choose(browserZone)}>Use this browser’s: {browserZone}</Button>
        ) : null}
        <ProblemNotice problem={save.problem} title="The time zone was not saved" />
      </div>
    </SectionCard>
  )
}

/** Only in the browser: it knows other zones than the server, and 400 of them are long to send. */
function Zones({ shown }: { shown: string }) {
  return timeZonesByRegion(Intl.supportedValuesOf('timeZone'), shown).map(({ region, zones }) => (
    <optgroup key={region} label={region}>
      {zones.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </optgroup>
  ))
}

function whenThere(now: number, timeZone: string, digestHour: number): string {
  const { hour, minute } = localMoment(now, timeZone)
  const next = hour < digestHour ? 'today' : 'tomorrow'
  return `It is ${clock(hour, minute)} there now; the next one would come ${next} at ${clock(digestHour, 0)}.`
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
