'use client'

import { Pause, Pencil, Play, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { changeWebhook, removeWebhook } from '@/app/[tenant]/settings/inbound/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { attempt } from '@/components/settings/action-outcome'
import { Button } from '@/components/ui/button'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { notify } from '@/components/ui/notify'
import { preloadOnIntent } from '@/components/ui/preload'
import type { Webhook } from '@/lib/inbound/model'

const EditWebhookSheet = lazyOverlay(
  () => import('./edit-webhook-sheet').then((module) => module.EditWebhookSheet),
  { close: (props) => props.onClose() },
)

export type WebhookActionsProps = {
  tenant: string
  webhook: Webhook
}

/** Edit, pause and delete. */
export function WebhookActions({ tenant, webhook }: WebhookActionsProps) {
  const router = useRouter()
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const [switching, startTransition] = useTransition()
  const paused = webhook.pausedAt !== null
  const close = () => setOpen(null)

  function switchOver() {
    startTransition(async () => {
      const answer = await attempt(() =>
        changeWebhook(tenant, { webhookId: webhook.id, paused: !paused }),
      )
      if (!answer.ok) {
        notify.error(paused ? 'Not resumed' : 'Not paused', { description: answer.problem.message })
        return
      }
      notify.success(paused ? `${webhook.name} resumed` : `${webhook.name} paused`)
      router.refresh()
    })
  }
  return (
    <>
      <Button onClick={() => setOpen('edit')} {...preloadOnIntent(EditWebhookSheet.preload)}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <Button onClick={switchOver} loading={switching}>
        {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button variant="danger-outline" onClick={() => setOpen('delete')}>
        <Trash2 aria-hidden />
        Delete
      </Button>
      {open === 'edit' ? (
        <EditWebhookSheet tenant={tenant} webhook={webhook} onClose={close} />
      ) : null}
      <ActDialog
        open={open === 'delete'}
        onClose={close}
        onDone={() => {
          notify.success(`${webhook.name} deleted`)
          router.push(`/${tenant}/settings/inbound`)
        }}
        act={() => removeWebhook(tenant, { webhookId: webhook.id })}
        title={`Delete ${webhook.name}?`}
        description={
          <>
            <p>
              Its address stops working at once, and its subscribers, its secrets and every delivery
              that came in by it are removed for good, also those that are not delivered yet.
            </p>
            <p>To stop for a while and lose nothing, pause it instead.</p>
          </>
        }
        confirmLabel="Delete endpoint"
        tone="danger"
        phrase={webhook.name}
        problemTitle="The endpoint was not deleted"
      />
    </>
  )
}
