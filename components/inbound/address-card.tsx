'use client'

import { useState } from 'react'
import { SectionCard } from '@/components/settings/section-card'
import { CodeBlock } from '@/components/ui/code-block'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { TextLink } from '@/components/ui/text-link'
import { PROVIDER_FACTS, type Webhook } from '@/lib/inbound/model'
import { PROVIDER_WORDS } from './inbound-words'

const TOKEN = '<token>'

const CARRIERS = [
  {
    value: 'header',
    label: 'Header',
    hint: 'The best way: the token is in no URL, and so in no log of anybody.',
    code: (address: string) =>
      `curl -X POST "${address}" \\\n  -H "Authorization: Bearer ${TOKEN}" \\\n  -H "Content-Type: application/json" \\\n  -H "Idempotency-Key: order-1234" \\\n  -d '{"type":"order.paid"}'`,
  },
  {
    value: 'query',
    label: 'Query',
    hint: 'For senders that can only be given a URL.',
    code: (address: string) => `${address}?apiKey=${TOKEN}`,
  },
  {
    value: 'path',
    label: 'Path',
    hint: 'For senders that cut off the query of a URL.',
    code: (address: string) => `${address}/${TOKEN}`,
  },
] as const

export type AddressCardProps = { tenant: string; webhook: Webhook; address: string }

/** What to hand to the sender. */
export function AddressCard({ tenant, webhook, address }: AddressCardProps) {
  const { signed } = PROVIDER_FACTS[webhook.provider]
  return (
    <SectionCard title="Address" description={PROVIDER_WORDS[webhook.provider].paste}>
      {signed ? (
        <CodeBlock code={address} label="URL" wrap />
      ) : (
        <TokenCarriers tenant={tenant} address={address} />
      )}
    </SectionCard>
  )
}

function TokenCarriers({ tenant, address }: { tenant: string; address: string }) {
  const [value, setValue] = useState<(typeof CARRIERS)[number]['value']>('header')
  const carrier = CARRIERS.find((one) => one.value === value) ?? CARRIERS[0]
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <SegmentedControl
        label="Where the token goes"
        options={CARRIERS}
        value={value}
        onValueChange={setValue}
      />
      <CodeBlock
        code={carrier.code(address)}
        label={value === 'header' ? 'curl example' : 'URL'}
        wrap
      />
      <p className="text-muted text-sm">
        {carrier.hint}{' '}
        {value === 'header' ? null : (
          <>
            A token in a URL is accepted only if it holds inbound:deliver and nothing else. Rotate
            it once it was seen in a log.{' '}
          </>
        )}
        <TextLink href={`/${tenant}/settings/api-access?tab=service-accounts`}>
          Create the token of a service account
        </TextLink>
      </p>
    </div>
  )
}
