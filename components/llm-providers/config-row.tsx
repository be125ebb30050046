'use client'

import { Pencil, Power, PowerOff, Star, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { changeConfig, testConfig } from '@/app/[tenant]/settings/llm-providers/actions'
import { attempt } from '@/components/settings/action-outcome'
import { Badge } from '@/components/ui/badge'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { notify } from '@/components/ui/notify'
import { type RowAction, RowMenu } from '@/components/ui/row-menu'
import type { LlmConfig } from '@/lib/llm-providers/model'
import { ConfigFacts } from './config-facts'
import { TestButton, useConnectionTest } from './connection-test'
import type { ProviderSetting } from './provider-words'
import { RemoveConfigDialog } from './remove-config-dialog'

const EditConfigSheet = lazyOverlay(
  () => import('./edit-config-sheet').then((module) => module.EditConfigSheet),
  { close: (props) => props.onClose() },
)

export type ConfigRowProps = {
  setting: ProviderSetting
  config: LlmConfig
  /** Names of those whose deployed revisions ask for the provider. */
  agents: readonly string[]
  /** Without it nothing of the organization's own reaches the provider. */
  isLast: boolean
  fromOperator: boolean
}

/** One account at a provider, and what can be done with it. */
export function ConfigRow({ setting, config, agents, isLast, fromOperator }: ConfigRowProps) {
  const { tenant, mayWrite, mayTest } = setting
  const router = useRouter()
  const [open, setOpen] = useState<'edit' | 'remove' | null>(null)
  const test = useConnectionTest()
  const [testedVersion, setTestedVersion] = useState<number | null>(null)
  const one = { provider: config.provider, configId: config.id }
  const close = () => setOpen(null)

  function tryIt() {
    setTestedVersion(config.version)
    test.run(() => testConfig(tenant, one), router.refresh)
  }
  async function change(part: { enabled: boolean } | { isDefault: true }, done: string) {
    const answer = await attempt(() => changeConfig(tenant, { ...one, ...part }))
    if (!answer.ok) return notify.error('Not changed', { description: answer.problem.message })
    notify.success(done)
    router.refresh()
  }
  const name = config.displayName
  const actions: RowAction[] = [
    { label: 'Edit…', icon: <Pencil />, onSelect: () => setOpen('edit') },
    ...(config.enabled && !config.isDefault
      ? [
          {
            label: 'Make default',
            icon: <Star />,
            onSelect: () => change({ isDefault: true }, `Runs use ${name} now`),
          },
        ]
      : []),
    config.enabled
      ? {
          label: 'Disable',
          icon: <PowerOff />,
          onSelect: () => change({ enabled: false }, `${name} disabled`),
        }
      : {
          label: 'Enable',
          icon: <Power />,
          onSelect: () => change({ enabled: true }, `${name} enabled`),
        },
    { label: 'Remove…', icon: <Trash2 />, tone: 'danger', onSelect: () => setOpen('remove') },
  ]
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 py-4">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1.5">
        <h3 className="flex flex-wrap items-center gap-2 font-medium text-ink text-sm">
          <span className="break-words">{name}</span>
          {config.isDefault ? <Badge tone="accent">Default</Badge> : null}
        </h3>
        <ConfigFacts
          config={config}
          now={setting.now}
          result={testedVersion === config.version ? test.result : null}
        />
      </div>
      <div className="flex items-center gap-2">
        {mayTest ? <TestButton test={test} name={name} onTest={tryIt} /> : null}
        {mayWrite ? <RowMenu name={name} actions={actions} /> : null}
      </div>
      {open === 'edit' ? <EditConfigSheet tenant={tenant} config={config} onClose={close} /> : null}
      <RemoveConfigDialog
        tenant={tenant}
        config={config}
        agents={agents}
        isLast={isLast}
        fromOperator={fromOperator}
        open={open === 'remove'}
        onClose={close}
      />
    </div>
  )
}
