'use client'

import { useRouter } from 'next/navigation'
import { countWords } from '@/components/settings/count-words'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { TabsNav } from '@/components/ui/tabs-nav'
import { DELIVERY_STATES, type DeliveryState } from '@/lib/inbound/model'
import { COUNTED_TO } from '@/lib/paging'
import { DELIVERY_STATE_WORDS } from './inbound-words'

export type DeliveryFilter = {
  state: DeliveryState | null
  webhookId: string | null
  /** Types of event, in the form of a subscriber's filter. */
  event: string | null
}

export type DeliveryFiltersProps = {
  base: string
  filter: DeliveryFilter
  counts: Partial<Record<DeliveryState, number>>
  webhooks: readonly { id: string; name: string }[]
  /** What is wrong with the types that were asked for. */
  complaint: string | null
}

/** By state, by endpoint and by type of event; all are in the address. */
export function DeliveryFilters({
  base,
  filter,
  counts,
  webhooks,
  complaint,
}: DeliveryFiltersProps) {
  const router = useRouter()
  const hrefOf = ({ state, webhookId, event }: DeliveryFilter) => {
    const query = new URLSearchParams({
      ...(state && { state }),
      ...(webhookId && { webhook: webhookId }),
      ...(event && { event }),
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
          count: countWords(state === null ? total : (counts[state] ?? 0), COUNTED_TO),
        }))}
      />
      <div className="flex w-full flex-wrap items-start gap-3 sm:w-auto">
        <search className="w-full sm:w-60">
          <form
            action={base}
            onSubmit={(submitted) => {
              submitted.preventDefault()
              const typed = new FormData(submitted.currentTarget).get('event')
              router.push(hrefOf({ ...filter, event: String(typed ?? '').trim() || null }))
            }}
          >
            {filter.state ? <input type="hidden" name="state" value={filter.state} /> : null}
            {filter.webhookId ? (
              <input type="hidden" name="webhook" value={filter.webhookId} />
            ) : null}
            <Field label="Events" hideLabel error={complaint ?? undefined}>
              <Input
                key={filter.event}
                name="event"
                defaultValue={filter.event ?? ''}
                autoComplete="off"
                spellCheck={false}
                placeholder="Events: push, invoice.*"
              />
            </Field>
          </form>
        </search>
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
    </div>
  )
}
