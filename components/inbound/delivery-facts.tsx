import { CopyButton } from '@/components/ui/copy-button'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime } from '@/components/ui/relative-time'
import type { DeliveryDetail } from '@/lib/inbound/model'
import { DeliveryStateLine } from './delivery-state'
import { CARRIER_WORDS, KEY_SOURCE_WORDS, sizeWords } from './inbound-words'

export type DeliveryFactsProps = { delivery: DeliveryDetail; now: number }

export function DeliveryFacts({ delivery, now }: DeliveryFactsProps) {
  const { copies, keySource } = delivery
  return (
    <DescriptionList
      layout="columns"
      items={[
        { term: 'State', detail: <DeliveryStateLine delivery={delivery} now={now} /> },
        { term: 'Received', detail: <AbsoluteTime at={delivery.receivedAt} /> },
        { term: 'Brought by', detail: broughtBy(delivery) },
        { term: 'Size', detail: sizeWords(delivery.size) },
        {
          term: 'Copies',
          detail:
            copies === 0
              ? `None so far. Known by ${KEY_SOURCE_WORDS[keySource]}.`
              : `${copies.toLocaleString('en-US')}, known by ${KEY_SOURCE_WORDS[keySource]}.`,
        },
        {
          term: 'Id',
          detail: (
            <span className="flex items-center gap-1">
              <code className="truncate text-xs">{delivery.id.slice(0, 13)}…</code>
              <CopyButton value={delivery.id} label="Copy id" className="-my-1" />
            </span>
          ),
        },
      ]}
    />
  )
}

function broughtBy({ sender, carrier }: DeliveryDetail): string {
  return carrier === 'SIGNATURE' ? sender : `${sender}. ${CARRIER_WORDS[carrier]}.`
}
