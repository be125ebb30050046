'use client'

import { KeyRound, Pause, Pencil, Play, RotateCw, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { changeSubscriber } from '@/app/[tenant]/settings/inbound/subscriber-actions'
import { attempt } from '@/components/settings/action-outcome'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { notify } from '@/components/ui/notify'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { type RowAction, RowMenu } from '@/components/ui/row-menu'
import { StatusDot } from '@/components/ui/status-dot'
import type { Subscription, Webhook, WebhookSecret } from '@/lib/inbound/model'
import type { DeadLetter } from '@/lib/inbound/redeliver-dead'
import { filterWords } from './inbound-words'
import { RemoveSubscriberDialog } from './remove-subscriber-dialog'
import { SendDeadAgainDialog } from './send-dead-again-dialog'
import { SubscriberName, subscriberText } from './subscriber-name'

const EditSubscriberSheet = lazyOverlay(
  () => import('./edit-subscriber-sheet').then((module) => module.EditSubscriberSheet),
  { close: (props) => props.onClose() },
)
const SetSecretSheet = lazyOverlay(
  () => import('./set-secret-sheet').then((module) => module.SetSecretSheet),
  { close: (props) => props.onClose() },
)

export type SubscriberRowProps = {
  tenant: string
  webhook: Webhook
  subscription: Subscription
  dead: DeadLetter
}

type Open = 'edit' | 'secret' | 'dead' | 'remove'

/** One subscriber: who, where, what of it, and what one may do about it. */
export function SubscriberRow({ tenant, webhook, subscription, dead }: SubscriberRowProps) {
  const router = useRouter()
  const [open, setOpen] = useState<Open | null>(null)
  const { pausedAt, config, eventFilter, signingSecret } = subscription
  const paused = pausedAt !== null
  const name = subscriberText(subscription)
  const close = () => setOpen(null)

  async function switchOver() {
    const wish = { webhookId: webhook.id, subscriptionId: subscription.id, paused: !paused }
    const answer = await attempt(() => changeSubscriber(tenant, wish))
    if (!answer.ok) {
      notify.error(paused ? 'Not resumed' : 'Not paused', { description: answer.problem.message })
      return
    }
    notify.success(paused ? `${name} resumed` : `${name} paused`)
    router.refresh()
  }
  const actions: RowAction[] = [
    { label: 'Edit…', icon: <Pencil aria-hidden />, onSelect: () => setOpen('edit') },
    paused
      ? { label: 'Resume', icon: <Play aria-hidden />, onSelect: () => void switchOver() }
      : { label: 'Pause', icon: <Pause aria-hidden />, onSelect: () => void switchOver() },
    ...(signingSecret === null
      ? []
      : [
          {
            label: 'Rotate secret…',
            icon: <KeyRound aria-hidden />,
            onSelect: () => setOpen('secret'),
          },
        ]),
    ...(dead.repeatable === 0
      ? []
      : [
          {
            label: 'Send given up again…',
            icon: <RotateCw aria-hidden />,
            onSelect: () => setOpen('dead'),
          },
        ]),
    {
      label: 'Remove…',
      icon: <Trash2 aria-hidden />,
      tone: 'danger',
      onSelect: () => setOpen('remove'),
    },
  ]
  return (
    <li className="flex items-start justify-between gap-x-4 px-5 py-3">
      <div className="flex min-w-0 flex-col gap-0.5 text-sm">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
          <span className="min-w-0 font-medium text-ink [overflow-wrap:anywhere]">
            <SubscriberName tenant={tenant} subscriber={subscription} />
          </span>
          {paused ? <StatusDot tone="neutral">Paused</StatusDot> : null}
          {dead.repeatable + dead.trimmed > 0 ? (
            <StatusDot tone="danger">
              {(dead.repeatable + dead.trimmed).toLocaleString('en-US')} given up
            </StatusDot>
          ) : null}
        </div>
        {config.url === undefined ? null : (
          <span className="text-muted [overflow-wrap:anywhere]">{config.url}</span>
        )}
        <span className="text-muted [overflow-wrap:anywhere]">{filterWords(eventFilter)}</span>
        {signingSecret === null ? null : <SecretLine secret={signingSecret} />}
      </div>
      <RowMenu name={name} actions={actions} />
      {open === 'edit' ? (
        <EditSubscriberSheet
          tenant={tenant}
          webhook={webhook}
          subscription={subscription}
          onClose={close}
        />
      ) : null}
      {open === 'secret' ? (
        <SetSecretSheet
          tenant={tenant}
          webhook={webhook}
          subscription={subscription}
          onClose={close}
        />
      ) : null}
      <SendDeadAgainDialog
        open={open === 'dead'}
        tenant={tenant}
        webhook={webhook}
        subscription={subscription}
        repeatable={dead.repeatable}
        onClose={close}
      />
      <RemoveSubscriberDialog
        open={open === 'remove'}
        tenant={tenant}
        subscription={subscription}
        onClose={close}
      />
    </li>
  )
}

function SecretLine({ secret }: { secret: WebhookSecret }) {
  return (
    <span className="text-muted text-xs">
      Signed with a secret of <AbsoluteTime at={secret.createdAt} dateOnly />.
      {secret.formerUntil === null ? null : (
        <>
          {' '}
          The one before signs too until <AbsoluteTime at={secret.formerUntil} />.
        </>
      )}
    </span>
  )
}
