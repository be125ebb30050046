'use client'

import { Check, CircleAlert } from 'lucide-react'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Spinner } from '@/components/ui/spinner'
import { Switch } from '@/components/ui/switch'
import type { KindPreference } from '@/lib/notifications/preferences'
import { RowFrame } from './row-frame'
import { type PreferenceSave, usePreferenceSave } from './use-preference-save'

export type PreferenceRowProps = {
  tenant: string
  preference: KindPreference
  highlighted: boolean
}

const CADENCES = [
  { value: 'INSTANT', label: 'At once' },
  { value: 'DAILY', label: 'Daily' },
  { value: 'OFF', label: 'Off' },
] as const

/** A kind that the person decides about. */
export function PreferenceRow({ tenant, preference, highlighted }: PreferenceRowProps) {
  const save = usePreferenceSave(tenant, preference)
  const { inApp, email } = save.shown
  return (
    <RowFrame
      preference={preference}
      highlighted={highlighted}
      inApp={
        <Switch
          aria-label={`In app: ${preference.label}`}
          checked={inApp}
          onCheckedChange={(next) => save.change({ inApp: next, email })}
        />
      }
      email={
        <SegmentedControl
          label={`E-mail: ${preference.label}`}
          options={CADENCES}
          value={email}
          onValueChange={(next) => save.change({ inApp, email: next })}
        />
      }
      state={<State save={save} />}
      note={<Failure save={save} />}
    />
  )
}

function State({ save: { state } }: { save: PreferenceSave }) {
  return (
    <output className="inline-flex items-center gap-1 text-muted text-xs">
      {state === 'saving' ? (
        <>
          <Spinner className="size-3.5" />
          Saving…
        </>
      ) : null}
      {state === 'saved' ? (
        <>
          <Check aria-hidden className="size-3.5 shrink-0 text-success-text" />
          Saved
        </>
      ) : null}
    </output>
  )
}

function Failure({ save: { failure } }: { save: PreferenceSave }) {
  return (
    <div role="alert" className="text-danger-text text-xs">
      {failure === null ? null : (
        <p className="flex items-start gap-1.5">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          <span>Not saved, and shown as it was. {failure}</span>
        </p>
      )}
    </div>
  )
}
