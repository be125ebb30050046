'use client'

import { Field } from '@/components/ui/field'
import { NativeSelect } from '@/components/ui/native-select'
import { utcDateTime } from '@/lib/tokens/utc-date'

const OVERLAPS = [
  { seconds: 0, words: 'None: the old secret stops at once' },
  { seconds: 60 * 60, words: '1 hour' },
  { seconds: 24 * 60 * 60, words: '24 hours' },
  { seconds: 7 * 24 * 60 * 60, words: '7 days' },
] as const

export type OverlapFieldProps = {
  seconds: number
  onChange: (seconds: number) => void
  now: number
  /** The overlap never goes past it. */
  oldExpiresAt: number | null
}

/** When the old secret stops, for a rotation of `seconds` overlap at `now`; epoch ms. */
export function overlapEnd(seconds: number, now: number, oldExpiresAt: number | null): number {
  return Math.min(now + seconds * 1000, oldExpiresAt ?? Number.POSITIVE_INFINITY)
}

export function OverlapField({ seconds, onChange, now, oldExpiresAt }: OverlapFieldProps) {
  const end = overlapEnd(seconds, now, oldExpiresAt)
  const cut = seconds > 0 && oldExpiresAt !== null && end === oldExpiresAt
  return (
    <Field
      label="Overlap"
      optional
      description={
        seconds === 0
          ? 'Choose an overlap if consumers need time to switch.'
          : `Both secrets work until ${utcDateTime(end)}${cut ? ', when the old one expires anyway' : ''}.`
      }
    >
      <NativeSelect
        value={String(seconds)}
        onChange={(event) => onChange(Number(event.target.value))}
        className="sm:max-w-72"
      >
        {OVERLAPS.map((overlap) => (
          <option key={overlap.seconds} value={overlap.seconds}>
            {overlap.words}
          </option>
        ))}
      </NativeSelect>
    </Field>
  )
}
