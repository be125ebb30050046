'use client'

import { Callout } from '@/components/ui/callout'
import { DateTimeInput } from '@/components/ui/date-time-field'
import { Field } from '@/components/ui/field'
import { NativeSelect } from '@/components/ui/native-select'
import { DAY_MS } from '@/lib/tokens/model'
import { utcDate, utcDateTime } from '@/lib/tokens/utc-date'
import {
  type ExpiryChoice,
  type ExpiryPolicy,
  expiryMoment,
  mayNeverExpire,
  offeredDays,
} from './expiry-choice'

export type ExpiryFieldProps = {
  value: ExpiryChoice
  onChange: (choice: ExpiryChoice) => void
  policy: ExpiryPolicy
  /** The server's clock, epoch ms. */
  now: number
  /** Offers to keep this date (null = no expiry). Absent: nothing to keep. */
  keep?: { expiresAt: number | null } | undefined
  label?: string | undefined
  error?: string | undefined
  /** Of the element that holds the control. */
  id?: string | undefined
}

/** Lifetime of a token: usual spans, a date, no end. Shows the date it comes to and the policy's limit. */
export function ExpiryField({
  value,
  onChange,
  policy,
  now,
  keep,
  label = 'Expiry',
  error,
  id,
}: ExpiryFieldProps) {
  const ends = expiryMoment(value, now, keep?.expiresAt ?? null)
  const chosen = value.kind === 'days' ? `days:${value.days}` : value.kind
  return (
    <div id={id} className="flex flex-col gap-3">
      <Field label={label} error={error} description={hint(ends, policy)}>
        <div className="grid gap-2 sm:grid-cols-2">
          <NativeSelect value={chosen} onChange={(event) => onChange(choiceOf(event.target.value))}>
            {keep ? <option value="keep">Keep: {keptWords(keep.expiresAt)}</option> : null}
            {offeredDays(policy, value).map((days) => (
              <option key={days} value={`days:${days}`}>
                {days === 1 ? '1 day' : `${days} days`}
                {days === policy.maxLifetimeDays ? ' (maximum)' : ''}
              </option>
            ))}
            <option value="date">Custom date…</option>
            <option value="never" disabled={!mayNeverExpire(policy)}>
              No expiry{mayNeverExpire(policy) ? '' : ' (not allowed here)'}
            </option>
          </NativeSelect>
          {value.kind === 'date' ? (
            <DateField value={value.at} onChange={onChange} policy={policy} now={now} />
          ) : null}
        </div>
      </Field>
      {value.kind === 'never' ? (
        <Callout tone="warning" title="This token will work until someone revokes it">
          A leaked secret without an end date stays dangerous. Prefer an expiry and rotate.
        </Callout>
      ) : null}
    </div>
  )
}

type DateFieldProps = Pick<ExpiryFieldProps, 'onChange' | 'policy' | 'now'> & {
  value: number | null
}

function DateField({ value, onChange, policy, now }: DateFieldProps) {
  const max = policy.maxLifetimeDays
  return (
    <Field label="Last day" hideLabel>
      <DateTimeInput
        precision="date"
        value={value}
        onValueChange={(at) => onChange({ kind: 'date', at })}
        min={now + DAY_MS}
        max={max === null ? undefined : now + max * DAY_MS}
      />
    </Field>
  )
}

function choiceOf(option: string): ExpiryChoice {
  if (option === 'keep' || option === 'never') return { kind: option }
  if (option === 'date') return { kind: 'date', at: null }
  return { kind: 'days', days: Number(option.slice('days:'.length)) }
}

function keptWords(expiresAt: number | null): string {
  return expiresAt === null ? 'no expiry' : utcDate(expiresAt)
}

function hint(ends: number | null | undefined, policy: ExpiryPolicy): string {
  const date =
    typeof ends === 'number'
      ? `Stops working on ${utcDateTime(ends)}.`
      : ends === null
        ? 'Never stops working by itself.'
        : ''
  const limit =
    policy.maxLifetimeDays === null
      ? policy.expiryRequired
        ? ' Your organization requires an expiry date.'
        : ''
      : ` Your organization allows at most ${policy.maxLifetimeDays} days.`
  return `${date}${limit}`.trim()
}
