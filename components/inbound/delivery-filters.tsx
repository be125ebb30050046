'use client'

import { useRouter } from 'next/navigation'
import { Field } from '@/components/ui/field'
import { NativeSelect } from '@/components/ui/native-select'
import { TabsNav } from '@/components/ui/tabs-nav'
import { DELIVERY_STATES, type DeliveryState } from '@/lib/inbound/model'
import { DELIVERY_STATE_WORDS } from './inbound-words'

export type DeliveryFilter = { state: DeliveryState | null; webhookId: string | null }

export type DeliveryFiltersProps = {
  base: string
  filter: DeliveryFilter
  counts: Partial<Record<DeliveryState, number>>
  webhooks: readonly { id: string; name: string }[]
}

/** By state and by endpoint; both are in the address. */
export function DeliveryFilters({ base, filter, counts, webhooks }: DeliveryFiltersProps) {
  const router = useRouter()
  const hrefOf = ({ state, webhookId }: DeliveryFilter) => {
    const query = new URLSearchParams({
      ...(state && { state }),
      ...(webhookId && { webhook: webhookId }),
    })
    return query.size === 0 ? base : `${base}?${query}`
  }
  const states = [null, ...DELIVERY_STATES]
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <TabsNav
        label="State"
        variant="segmented"
        className="max-w-full"
        items={states.map((state) => ({
          href: hrefOf({ ...filter, state }),
          label: state === null ? 'All' : DELIVERY_STATE_WORDS[state].label,
          current: state === filter.state,
          count: state === null ? total : (counts[state] ?? 0),
        }))}
      />
      <Field label="Endpoint" hideLabel className="w-full sm:w-60">
        <NativeSelect
          value={filter.webhookId ?? ''}
          onChange={(event) =>
            router.push(hrefOf({ ...filter, webhookId: event.target.value || null }))
          }
        >
          <option value="">All endpoints</option>
          {webhooks.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      </Field>
    </div>
  )
}
