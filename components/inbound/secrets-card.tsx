'use client'

import { useState } from 'react'
import { SectionCard } from '@/components/settings/section-card'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { PROVIDER_FACTS, type Webhook, type WebhookSecret } from '@/lib/inbound/model'

const SetSecretSheet = lazyOverlay(
  () => import('./set-secret-sheet').then((module) => module.SetSecretSheet),
  { close: (props) => props.onClose() },
)

export type SecretsCardProps = { tenant: string; webhook: Webhook }

/** The secret that a sender that signs shares with us; it is never shown again, only replaced. */
export function SecretsCard({ tenant, webhook }: SecretsCardProps) {
  const [open, setOpen] = useState(false)
  const { signed, label } = PROVIDER_FACTS[webhook.provider]
  if (!signed) return null
  return (
    <SectionCard
      title="Signing secret"
      description="Kept sealed, and never shown again. Replacing it leaves the one before good for a while, so that nothing is lost."
      flush
    >
      <ul className="divide-y divide-subtle">
        <SecretRow
          title="What comes in"
          hint={`${label} signs with it; deliveries with another signature are refused.`}
          secret={webhook.providerSecret}
          onSet={() => setOpen(true)}
        />
      </ul>
      {open ? (
        <SetSecretSheet tenant={tenant} webhook={webhook} onClose={() => setOpen(false)} />
      ) : null}
    </SectionCard>
  )
}

type SecretRowProps = {
  title: string
  hint: string
  secret: WebhookSecret | null
  onSet: () => void
}

function SecretRow({ title, hint, secret, onSet }: SecretRowProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-3">
      <div className="flex min-w-0 flex-col gap-0.5 text-sm">
        <span className="font-medium text-ink">{title}</span>
        <span className="text-muted">{hint}</span>
        <span className="text-muted text-xs">
          {secret === null ? (
            'Not set yet.'
          ) : (
            <>
              Set on <AbsoluteTime at={secret.createdAt} />.
              {secret.formerUntil === null ? null : (
                <>
                  {' '}
                  The one before is good until <AbsoluteTime at={secret.formerUntil} />.
                </>
              )}
            </>
          )}
        </span>
      </div>
      <Button onClick={onSet} aria-label={`${secret === null ? 'Set' : 'Rotate'} secret: ${title}`}>
        {secret === null ? 'Set secret' : 'Rotate'}
      </Button>
    </li>
  )
}
