'use client'

import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CheckboxField } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { WeightBar, WeightSwatch } from './weight-bar'
import { normalizedMix, sharesOfMix, type WeightMix } from './weight-mix'

export type WeightMixerProps = {
  /** Those that may be chosen. */
  metrics: readonly Metric[]
  mix: WeightMix
  onChange: (mix: WeightMix) => void
}

/** Chooses metrics and weights, and shows at once what each counts for: whole percentages that sum to 100. */
export function WeightMixer({ metrics, mix, onChange }: WeightMixerProps) {
  const shares = sharesOfMix(mix, metrics)
  const chosen = metrics.filter(({ id }) => mix.has(id))
  const counting = chosen.filter(({ id }) => (shares?.get(id) ?? 0) > 0)
  function toggle(metric: Metric, on: boolean) {
    const next = new Map(mix)
    if (on) next.set(metric.id, String(metric.defaultWeight))
    else next.delete(metric.id)
    onChange(next)
  }
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <WeightBar
          parts={chosen.map(({ id, name }) => ({ id, name, share: shares?.get(id) ?? 0 }))}
        />
        <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
          <output className="text-muted text-sm">{summary(chosen.length, shares)}</output>
          {shares && chosen.length > 0 ? (
            <Button size="sm" onClick={() => onChange(normalizedMix(mix, metrics))}>
              Take percentages as weights
            </Button>
          ) : null}
        </div>
      </div>
      <ul className="divide-y divide-subtle rounded-md border border-subtle">
        {metrics.map((metric) => {
          const weight = mix.get(metric.id)
          const share = shares?.get(metric.id)
          return (
            <li key={metric.id} className="flex min-h-12 items-center gap-3 px-3 py-1.5">
              <CheckboxField
                className="min-w-0 flex-1"
                checked={weight !== undefined}
                onCheckedChange={(on) => toggle(metric, on)}
                label={
                  <span className="flex flex-wrap items-center gap-x-2">
                    <span className="[overflow-wrap:anywhere]">{metric.name}</span>
                    {metric.isDeprecated ? <Badge tone="warning">Deprecated</Badge> : null}
                  </span>
                }
              />
              {weight === undefined ? null : (
                <>
                  <Input
                    aria-label={`Weight of ${metric.name}`}
                    inputMode="numeric"
                    className="w-16 text-right"
                    value={weight}
                    aria-invalid={
                      /^\d{1,3}$/.test(weight) && Number(weight) <= 100 ? undefined : true
                    }
                    onChange={(event) => onChange(new Map(mix).set(metric.id, event.target.value))}
                  />
                  <span className="flex w-2.5 shrink-0">
                    {share ? <WeightSwatch index={counting.indexOf(metric)} /> : null}
                  </span>
                  <span className="w-11 text-right text-ink text-sm tabular-nums">
                    {share === undefined ? '–' : `${share}%`}
                  </span>
                </>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function summary(chosen: number, shares: ReadonlyMap<string, number> | null): string {
  if (chosen === 0) return 'Choose at least one metric.'
  if (!shares) return 'A weight is a whole number from 1 to 100.'
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0)
  const none = [...shares.values()].filter((share) => share === 0).length
  const parts = chosen === 1 ? '1 metric' : `${chosen} metrics`
  return none > 0
    ? `${parts}, ${total}% in sum. ${none === 1 ? 'One counts' : `${none} count`} for nothing.`
    : `${parts}, ${total}% in sum.`
}
