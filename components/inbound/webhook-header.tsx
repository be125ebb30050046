import type { ReactNode } from 'react'
import { BackLink } from '@/components/ui/back-link'
import { Callout } from '@/components/ui/callout'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { PROVIDER_FACTS, type Webhook } from '@/lib/inbound/model'
import { lacksSecret, WebhookState } from './webhook-state'

export type WebhookHeaderProps = {
  webhook: Webhook
  listHref: string
  actions: ReactNode
}

/** Which endpoint this is, whether it works, and what one may do about it. */
export function WebhookHeader({ webhook, listHref, actions }: WebhookHeaderProps) {
  return (
    <header className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <BackLink href={listHref}>Endpoints</BackLink>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
          <div className="flex min-w-0 max-w-2xl flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 font-semibold text-ink text-xl [overflow-wrap:anywhere]">
              {webhook.name}
            </h1>
            <span className="text-sm">
              <WebhookState webhook={webhook} />
            </span>
          </div>
          <div className="flex flex-wrap items-center gap-2">{actions}</div>
        </div>
      </div>
      <StateNotice webhook={webhook} />
      <DescriptionList
        layout="columns"
        items={[
          { term: 'Provider', detail: PROVIDER_FACTS[webhook.provider].label },
          {
            term: 'Created',
            detail: (
              <>
                <AbsoluteTime at={webhook.createdAt} dateOnly /> by {webhook.createdByLabel}
              </>
            ),
          },
        ]}
      />
    </header>
  )
}

function StateNotice({ webhook }: { webhook: Webhook }) {
  return (
    <>
      {lacksSecret(webhook) ? (
        <Callout tone="warning" title="Nothing comes in yet">
          Without the signing secret of the sender every delivery is refused. Set it below.
        </Callout>
      ) : null}
      {webhook.pausedAt === null ? null : (
        <Callout tone="warning" title="Paused">
          Since <AbsoluteTime at={webhook.pausedAt} /> deliveries are taken and held. They go to its
          subscribers as soon as you resume.
        </Callout>
      )}
    </>
  )
}
