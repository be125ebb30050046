'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { addConfig, testUnsavedConfig } from '@/app/[tenant]/settings/llm-providers/actions'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useSave } from '@/components/settings/use-save'
import { notify } from '@/components/ui/notify'
import { type ConfigDraft, connectionOf, newDraft } from './config-draft'
import { ConfigSheet } from './config-sheet'
import { useConnectionTest } from './connection-test'
import { ProviderField } from './provider-field'

export type AddConfigSheetProps = {
  tenant: string
  /** Chosen already. */
  provider?: string | undefined
  onClose: () => void
}

/** Mount to open. */
export function AddConfigSheet({ tenant, provider, onClose }: AddConfigSheetProps) {
  const router = useRouter()
  const [initial] = useState(() => newDraft(provider))
  const [draft, setDraft] = useState(initial)
  const save = useSave()
  const test = useConnectionTest()
  const reauthentication = useReauthentication(tenant)
  function change(part: Partial<ConfigDraft>) {
    setDraft({ ...draft, ...part })
    save.touch()
    test.forget()
  }
  function submit() {
    const { displayName, enabled } = draft
    const wish = { provider: draft.provider, displayName, enabled, ...connectionOf(draft) }
    save.run(
      () => reauthentication.run(() => addConfig(tenant, wish)),
      (config) => {
        notify.success(`${config.displayName} added`)
        router.refresh()
        onClose()
      },
    )
  }
  function tryIt() {
    const config = { provider: draft.provider, ...connectionOf(draft) }
    test.run(() => testUnsavedConfig(tenant, { config }))
  }
  return (
    <ConfigSheet
      title="Add model provider"
      description="An account whose models your agents run on."
      submitLabel="Add provider"
      problemTitle="The provider was not added"
      draft={draft}
      dirty={draft !== initial}
      save={save}
      test={test}
      onChange={change}
      onTest={tryIt}
      onSubmit={submit}
      onClose={onClose}
      dialogs={reauthentication.dialog}
    >
      <ProviderField
        value={draft.provider}
        problem={save.problem ?? test.problem}
        onChange={(name) => change({ provider: name })}
      />
    </ConfigSheet>
  )
}
