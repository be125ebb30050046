'use client'

import { useRouter } from 'next/navigation'
import { removeConfig } from '@/app/[tenant]/settings/llm-providers/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { notify } from '@/components/ui/notify'
import { type LlmConfig, providerLabel } from '@/lib/llm-providers/model'
import { agentNames } from './provider-words'

export type RemoveConfigDialogProps = {
  tenant: string
  config: LlmConfig
  agents: readonly string[]
  isLast: boolean
  fromOperator: boolean
  open: boolean
  onClose: () => void
}

/** Says what stops, before it does. */
export function RemoveConfigDialog({
  tenant,
  config,
  agents,
  isLast,
  fromOperator,
  open,
  onClose,
}: RemoveConfigDialogProps) {
  const router = useRouter()
  const { displayName, provider, id } = config
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      onDone={() => {
        notify.success(`${displayName} removed`)
        router.refresh()
      }}
      act={() => removeConfig(tenant, { provider, configId: id })}
      title={`Remove ${displayName}?`}
      description={
        <>
          <p>
            {config.key
              ? 'Its key is deleted here for good. Revoke it at the provider as well.'
              : 'It is deleted for good.'}
          </p>
          {config.enabled && agents.length > 0 ? (
            <p>{consequence({ agents, isLast, fromOperator, label: providerLabel(provider) })}</p>
          ) : null}
        </>
      }
      confirmLabel="Remove provider"
      tone="danger"
      problemTitle="The provider was not removed"
    />
  )
}

function consequence({
  agents,
  isLast,
  fromOperator,
  label,
}: Pick<RemoveConfigDialogProps, 'agents' | 'isLast' | 'fromOperator'> & { label: string }) {
  const [run, their] = agents.length === 1 ? ['runs', 'its'] : ['run', 'their']
  const who = `${agentNames(agents)} ${run} on ${label}`
  if (!isLast) return `${who}: another config of it goes on serving ${their} runs.`
  return fromOperator
    ? `${who}: ${their} runs go over to the account of the operator.`
    : `${who}: ${their} runs fail from then on.`
}
