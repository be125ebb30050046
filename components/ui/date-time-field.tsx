'use client'

import { Input } from './input'

export type DateTimeInputProps = {
  /** Epoch milliseconds, or `null` for empty. */
  value: number | null
  onValueChange: (value: number | null) => void
  /** `date` means the end of that day. */
  precision?: 'date' | 'minute' | undefined
  min?: number | undefined
  max?: number | undefined
  name?: string | undefined
  disabled?: boolean | undefined
}

const DAY_MS = 86_400_000

/** The browser's own picker, read and written in UTC so that everybody sees the same moment. */
export function DateTimeInput({
  value,
  onValueChange,
  precision = 'minute',
  min,
  max,
  ...props
}: DateTimeInputProps) {
  const length = precision === 'date' ? 10 : 16
  const text = (ms: number) => new Date(ms).toISOString().slice(0, length)
  function read(input: string) {
    const start = Date.parse(precision === 'date' ? `${input}T00:00Z` : `${input}Z`)
    if (Number.isNaN(start)) onValueChange(null)
    else onValueChange(precision === 'date' ? start + DAY_MS - 1 : start)
  }
  return (
    <Input
      {...props}
      type={precision === 'date' ? 'date' : 'datetime-local'}
      suffix="UTC"
      value={value === null ? '' : text(value)}
      onChange={(event) => read(event.target.value)}
      {...(min === undefined ? {} : { min: text(min) })}
      {...(max === undefined ? {} : { max: text(max) })}
    />
  )
}
