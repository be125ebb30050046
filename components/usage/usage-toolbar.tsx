'use client'

import { Download } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { type ReactNode, useTransition } from 'react'
import { DateRangeFilter } from '@/components/settings/date-range-filter'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { LinkButton } from '@/components/ui/link-button'
import { MultiSelectFilter } from '@/components/ui/multi-select-filter'
import { NativeSelect } from '@/components/ui/native-select'
import { dayRange } from '@/lib/local-date'
import type { TimeRange } from '@/lib/usage/comparison'
import { ORIGINS } from '@/lib/usage/origin'
import { PERIODS, type PeriodName } from '@/lib/usage/period'
import {
  dayText,
  isNarrowed,
  USAGE_NAMES,
  type UsageName,
  type UsageView,
  usageQueryString,
} from './usage-view'
import { type AgentNames, NAME_WORDS, nameText, PERIOD_WORDS } from './usage-words'

export type UsageToolbarProps = {
  view: UsageView
  range: TimeRange
  /** Those that occur in the range; a tab without such names gives none. */
  names: Partial<Record<UsageName, readonly string[]>>
  /** Where agents are among the names. */
  agents?: AgentNames | undefined
  /** Where the CSV of what is shown is. */
  exportHref?: string | undefined
  live?: ReactNode | undefined
  /** Where the tab has no test runs to tell apart. */
  origins?: boolean | undefined
}

const ORIGIN_OPTIONS = [
  { value: 'PRODUCTION', label: 'Production' },
  { value: 'TEST', label: 'Test' },
]
const DAY_MS = 86_400_000

/** The period and the filters. The address is their only store, so a view can be sent to somebody. */
export function UsageToolbar({
  view,
  range,
  names,
  agents,
  exportHref,
  live,
  origins = true,
}: UsageToolbarProps) {
  const { show, pending } = useUsageAddress()
  return (
    <div className="flex flex-col gap-2">
      <search
        aria-label="Usage"
        aria-busy={pending || undefined}
        className="flex flex-wrap items-center gap-2"
      >
        <PeriodSelect view={view} show={show} />
        <DateRangeFilter
          from={view.period.name === null ? dayText(range.from) : null}
          to={view.period.name === null ? dayText(range.to - DAY_MS) : null}
          onApply={({ from, to }) => show({ ...view, span: null, period: periodOfDays(from, to) })}
        />
        {USAGE_NAMES.map((name) => {
          const options = optionsOf(name, names[name], view.only[name], agents)
          return options.length === 0 ? null : (
            <MultiSelectFilter
              key={name}
              label={NAME_WORDS[name]}
              options={options}
              value={view.only[name]}
              onValueChange={(chosen) => show({ ...view, only: { ...view.only, [name]: chosen } })}
            />
          )
        })}
        {origins ? (
          <MultiSelectFilter
            label="Origin"
            options={ORIGIN_OPTIONS}
            value={view.origin ? [view.origin] : []}
            onValueChange={(chosen) =>
              show({
                ...view,
                origin: ORIGINS.find((one) => chosen.includes(one) && one !== view.origin) ?? null,
              })
            }
          />
        ) : null}
        {isNarrowed(view) ? (
          <Button
            variant="ghost"
            onClick={() =>
              show({ ...view, origin: null, only: { provider: [], model: [], agent: [] } })
            }
          >
            Clear filters
          </Button>
        ) : null}
        {exportHref ? (
          <LinkButton href={exportHref} download prefetch={false} className="ml-auto">
            <Download aria-hidden />
            CSV
          </LinkButton>
        ) : null}
      </search>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-muted text-sm">
        <p className={cn('tabular-nums', pending && 'opacity-50')}>
          {dayRange(range)} · days are UTC
        </p>
        {live}
      </div>
    </div>
  )
}

type Show = (view: UsageView) => void

function PeriodSelect({ view, show }: { view: UsageView; show: Show }) {
  return (
    <span className="w-48 max-sm:w-full">
      <NativeSelect
        aria-label="Period"
        value={view.period.name ?? 'days'}
        onChange={(event) => {
          const name = PERIODS.find((period) => period === event.target.value)
          if (name) show({ ...view, span: null, period: { name } })
        }}
      >
        {view.period.name === null ? <option value="days">Chosen days</option> : null}
        {PERIODS.map((name: PeriodName) => (
          <option key={name} value={name}>
            {PERIOD_WORDS[name]}
          </option>
        ))}
      </NativeSelect>
    </span>
  )
}

/** A name that is filtered by stays in the list, also where it has nothing in this period. */
function optionsOf(
  name: UsageName,
  known: readonly string[] = [],
  chosen: readonly string[],
  agents?: AgentNames,
) {
  return [...new Set([...known, ...chosen])].map((value) => ({
    value,
    label: nameText(name, value, agents),
  }))
}

function periodOfDays(from: string | null, to: string | null): UsageView['period'] {
  if (!from || !to) return { name: 'billing' }
  return {
    name: null,
    firstDay: Date.parse(`${from}T00:00:00Z`),
    lastDay: Date.parse(`${to}T00:00:00Z`),
  }
}

/** Shows another view by changing the address; `pending` until the server has answered. */
export function useUsageAddress() {
  const router = useRouter()
  const pathname = usePathname()
  const [pending, startTransition] = useTransition()
  function show(view: UsageView) {
    const tab = new URLSearchParams(window.location.search).get('tab')
    const query = usageQueryString(view, tab ? { tab } : {})
    startTransition(() =>
      router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false }),
    )
  }
  return { show, pending }
}
