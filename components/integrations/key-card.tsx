'use client'

import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { rotateKey } from '@/app/[tenant]/settings/integrations/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { SectionCard } from '@/components/settings/section-card'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import type { McpKey, McpPublication } from '@/lib/integrations/model'
import type { CallsOfDay } from '@/lib/integrations/queries'

export type KeyCardProps = {
  tenant: string
  now: number
  publication: McpPublication
  calls: readonly CallsOfDay[]
  onRotated: (publication: McpPublication) => void
}

/** What may be told of the key, and the way to another one. */
export function KeyCard({ tenant, now, publication, calls, onRotated }: KeyCardProps) {
  const { integration, config } = publication
  const [asking, setAsking] = useState(false)
  const reauthentication = useReauthentication(tenant)
  const { key } = config
  return (
    <SectionCard
      title="Key"
      description="Made for this integration alone. It has no expiry, is in no list of tokens, and ends with the integration."
      actions={
        <Button onClick={() => setAsking(true)}>
          <RotateCw aria-hidden />
          {key === null ? 'Make a key' : 'Rotate'}
        </Button>
      }
    >
      {key === null ? (
        <Callout tone="warning" title="The key was revoked">
          Every call is refused until there is another one.
        </Callout>
      ) : (
        <KeyFacts mcpKey={key} now={now} calls={calls} />
      )}
      <ActDialog
        open={asking}
        onClose={() => setAsking(false)}
        onDone={onRotated}
        act={() => reauthentication.run(() => rotateKey(tenant, { integration: integration.id }))}
        title={key === null ? 'Make a key?' : `Rotate the key of ${integration.displayName}?`}
        description={
          key === null ? <p>It is shown once.</p> : <Consequence mcpKey={key} now={now} />
        }
        confirmLabel={key === null ? 'Make a key' : 'Rotate key'}
        tone={key === null ? 'primary' : 'danger'}
        problemTitle="The key was not rotated"
      />
      {reauthentication.dialog}
    </SectionCard>
  )
}

function KeyFacts({
  mcpKey,
  now,
  calls,
}: { mcpKey: McpKey } & Pick<KeyCardProps, 'now' | 'calls'>) {
  return (
    <DescriptionList
      layout="columns"
      items={[
        {
          term: 'Secret',
          detail: (
            <code className="text-xs">
              {mcpKey.prefix}…{mcpKey.last4}
            </code>
          ),
        },
        {
          term: 'Made',
          detail: (
            <>
              <AbsoluteTime at={mcpKey.createdAt} dateOnly /> by {mcpKey.createdByLabel}
            </>
          ),
        },
        { term: 'Last used', detail: <LastUse mcpKey={mcpKey} now={now} /> },
        { term: `Calls in ${calls.length} days`, detail: <Calls calls={calls} /> },
      ]}
    />
  )
}

function LastUse({ mcpKey, now }: { mcpKey: McpKey; now: number }) {
  if (mcpKey.lastUsedAt === null) return 'Never'
  return (
    <>
      <RelativeTime at={mcpKey.lastUsedAt} now={now} />
      {mcpKey.lastUsedIp ? (
        <>
          {' '}
          from <code className="text-xs">{mcpKey.lastUsedIp}</code>
        </>
      ) : null}
    </>
  )
}

function Calls({ calls }: { calls: readonly CallsOfDay[] }) {
  const all = calls.reduce((sum, day) => sum + day.calls, 0)
  const refused = calls.reduce((sum, day) => sum + day.errors, 0)
  if (all === 0) return 'None'
  return `${all.toLocaleString('en-US')}${refused > 0 ? `, ${refused.toLocaleString('en-US')} refused` : ''}`
}

function Consequence({ mcpKey, now }: { mcpKey: McpKey; now: number }) {
  return (
    <>
      <p>The old key stops working immediately. The new one is shown once.</p>
      <p>
        {mcpKey.lastUsedAt === null ? (
          'The old one has never been used.'
        ) : (
          <>
            The old one was last used <LastUse mcpKey={mcpKey} now={now} />. Whatever still sends it
            will be refused.
          </>
        )}
      </p>
    </>
  )
}
