'use client'

import { useState } from 'react'
import { SectionCard } from '@/components/settings/section-card'
import { CodeBlock } from '@/components/ui/code-block'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { Integration } from '@/lib/integrations/model'
import { clientConfig, curlExample } from './mcp-words'

const FORMS = [
  { value: 'config', label: 'Client configuration' },
  { value: 'curl', label: 'curl' },
] as const

export type ConnectCardProps = { integration: Integration; urls: { call: string; test: string } }

/** What to hand to a client. */
export function ConnectCard({ integration, urls }: ConnectCardProps) {
  const [form, setForm] = useState<(typeof FORMS)[number]['value']>('config')
  return (
    <SectionCard
      title="Connect a client"
      description="Both URLs take the same key. Streamable HTTP, without sessions."
    >
      <div className="flex min-w-0 flex-col gap-4">
        <Url
          label="Call URL"
          url={urls.call}
          hint="Production: runs of agents are real, and cost what they cost."
        />
        <Url
          label="Sandbox URL"
          url={urls.test}
          hint="To try a client: reads are real, runs of agents are simulated and cost nothing."
        />
        <div className="flex min-w-0 flex-col gap-2">
          <SegmentedControl label="Example" options={FORMS} value={form} onValueChange={setForm} />
          {form === 'config' ? (
            <CodeBlock
              code={clientConfig(integration.id, urls.call)}
              label="client configuration"
              wrap
            />
          ) : (
            <CodeBlock code={curlExample(urls.call)} label="curl example" wrap />
          )}
        </div>
      </div>
    </SectionCard>
  )
}

function Url({ label, url, hint }: { label: string; url: string; hint: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <span className="font-medium text-ink text-sm">{label}</span>
      <CodeBlock code={url} label={label} wrap />
      <p className="text-muted text-xs">{hint}</p>
    </div>
  )
}
