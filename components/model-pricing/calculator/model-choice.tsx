'use client'

import { Plus, X } from 'lucide-react'
import { lazy } from 'react'
import type { PriceRow } from '@/components/model-pricing/prices/price-rows'
import { Button } from '@/components/ui/button'
import { OnDemand } from '@/components/ui/on-demand'
import { MODELS_MAX } from './calculator-inputs'

const load = () => import('./model-popover')
const ModelPopover = lazy(async () => ({ default: (await load()).ModelPopover }))

export type ModelChoiceProps = {
  rows: readonly PriceRow[]
  chosen: readonly PriceRow[]
  onChange: (chosen: PriceRow[]) => void
}

/** Which models are compared. */
export function ModelChoice({ rows, chosen, onChange }: ModelChoiceProps) {
  const trigger = (
    <Button>
      <Plus aria-hidden />
      Add a model
    </Button>
  )
  return (
    <div className="flex flex-wrap items-center gap-2">
      {chosen.map((row) => (
        <span
          key={row.key}
          className="inline-flex h-8 min-w-0 max-w-full items-center gap-1 rounded-md border border-subtle bg-surface pr-0.5 pl-3 text-sm touch:h-11"
        >
          <span className="truncate">
            {row.model} <span className="text-muted">{row.agent ?? row.providerName}</span>
          </span>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Remove ${row.model} of ${row.providerName}`}
            onClick={() => onChange(chosen.filter(({ key }) => key !== row.key))}
          >
            <X aria-hidden />
          </Button>
        </span>
      ))}
      {chosen.length < MODELS_MAX ? (
        <OnDemand opens="dialog" trigger={trigger} load={load}>
          <ModelPopover
            trigger={trigger}
            rows={rows}
            chosen={chosen}
            onChoose={(row) => onChange([...chosen, row])}
          />
        </OnDemand>
      ) : (
        <span className="text-muted text-sm">Remove one to add another.</span>
      )}
    </div>
  )
}
