'use client'

import { Calculator as CalculatorIcon } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import {
  type PackedPrices,
  type PriceRow,
  unpackPrices,
} from '@/components/model-pricing/prices/price-rows'
import { useLateSearchParams } from '@/components/settings/use-late-search-params'
import { EmptyState } from '@/components/ui/empty-state'
import { CalculatorForm } from './calculator-form'
import { type CalculatorInputs, calculatorParams, callPlan } from './calculator-inputs'
import { estimateOf } from './estimate'
import { EstimateCard } from './estimate-card'
import { ModelChoice } from './model-choice'

export type CalculatorProps = { prices: PackedPrices; initial: CalculatorInputs }

/** What calls would cost with up to three models, side by side, by the code that metering charges by. */
export function Calculator({ prices, initial }: CalculatorProps) {
  const rows = useMemo(() => unpackPrices(prices), [prices])
  const [inputs, setInputs] = useState(initial)
  const address = useLateSearchParams()
  const change = useCallback(
    (changed: Partial<CalculatorInputs>) => {
      const next = { ...inputs, ...changed }
      setInputs(next)
      address.write(calculatorParams(next))
    },
    [inputs, address],
  )
  const chosen = useMemo(() => chosenRows(rows, inputs.models), [rows, inputs.models])
  const plan = callPlan(inputs)
  const estimates = plan ? chosen.map((row) => estimateOf(row, plan)) : []
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <CalculatorForm
        inputs={inputs}
        onChange={change}
        asksTime={chosen.some(({ rates }) => (rates.windows ?? []).length > 0)}
      />
      <ModelChoice
        rows={rows}
        chosen={chosen}
        onChange={(models) => change({ models: models.map(({ key }) => key) })}
      />
      {chosen.length === 0 ? (
        <EmptyState
          icon={<CalculatorIcon />}
          title="Choose a model"
          description="Up to three are shown side by side, each with the sum line by line."
        />
      ) : (
        <div className="grid gap-4 lg:auto-cols-fr lg:grid-flow-col">
          {estimates.map((estimate) => (
            <EstimateCard key={estimate.price.key} estimate={estimate} all={estimates} />
          ))}
        </div>
      )}
      {plan === null ? (
        <p className="text-muted text-sm">Correct the fields above to see what it costs.</p>
      ) : null}
      <p className="text-muted text-xs">
        By the prices that stand now, your own where you have some. A month has 30 days here. Each
        call is rounded to a billionth of a dollar, as metering does it.
      </p>
    </div>
  )
}

function chosenRows(rows: readonly PriceRow[], keys: readonly string[]): PriceRow[] {
  return keys.flatMap((key) => rows.find((row) => row.key === key) ?? [])
}
