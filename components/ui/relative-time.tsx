'use client'

import { useSyncExternalStore } from 'react'
import { cn } from './class-names'

export type RelativeTimeProps = {
  /** Epoch milliseconds. */
  at: number
  /**
   * The server's clock, epoch milliseconds. With it the first paint is already relative; without it
   * the server writes the absolute time, and the browser turns it relative after hydration.
   */
  now?: number | undefined
  className?: string | undefined
}

export function RelativeTime({ at, now, className }: RelativeTimeProps) {
  const clock = useSyncExternalStore(subscribeToClock, readClock, () => now ?? null)
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatUtc(at)}
      className={cn('whitespace-nowrap', className)}
    >
      {clock === null ? formatUtc(at) : formatRelative(at, clock)}
    </time>
  )
}

export type AbsoluteTimeProps = {
  at: number
  /** Leaves the time of day out. */
  dateOnly?: boolean | undefined
  className?: string | undefined
}

export function AbsoluteTime({ at, dateOnly = false, className }: AbsoluteTimeProps) {
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatUtc(at)}
      className={cn('whitespace-nowrap', className)}
    >
      {dateOnly ? formatUtcDate(at) : formatUtc(at)}
    </time>
  )
}

let clockMs = Date.now()

/** Below the 10 s that `formatRelative` forgives. */
const CLOCK_LAG_MS = 5_000

/** One timer for every time on the page. */
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribeToClock(listener: () => void) {
  listeners.add(listener)
  // What has just happened must not lie in the future of a clock that ticks twice a minute. Not set for
  // less: a changed clock makes every time that is just mounting render a second time.
  if (Date.now() - clockMs > CLOCK_LAG_MS) clockMs = Date.now()
  timer ??= setInterval(() => {
    clockMs = Date.now()
    for (const notify of listeners) notify()
  }, 30_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function readClock(): number | null {
  return clockMs
}

const units = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

function formatRelative(at: number, now: number) {
  const difference = at - now
  const size = Math.abs(difference)
  // The browser's clock may lag behind the server's: what has just happened must not lie ahead.
  if (size < 45_000) return difference > 10_000 ? 'in a moment' : 'just now'
  for (const [unit, ms] of units) {
    if (size >= ms) return relative.format(Math.round(difference / ms), unit)
  }
  return relative.format(Math.sign(difference), 'minute')
}

// Written out, because Node's and the browser's locale data differ and would break hydration.
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function formatUtcDate(at: number) {
  const date = new Date(at)
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

function formatUtc(at: number) {
  return `${formatUtcDate(at)}, ${new Date(at).toISOString().slice(11, 16)} UTC`
}
