'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import {
  changeConfig,
  testConfig,
  testUnsavedConfig,
} from '@/app/[tenant]/settings/llm-providers/actions'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useSave } from '@/components/settings/use-save'
import { notify } from '@/components/ui/notify'
import type { LlmConfig } from '@/lib/llm-providers/model'
import { type ConfigDraft, connectionOf, draftOf, reachesDifferently } from './config-draft'
import { ConfigSheet } from './config-sheet'
import { useConnectionTest } from './connection-test'

export type EditConfigSheetProps = { tenant: string; config: LlmConfig; onClose: () => void }

/** Mount to open. The stored key is not in it: an empty field keeps it. */
export function EditConfigSheet({ tenant, config, onClose }: EditConfigSheetProps) {
  const router = useRouter()
  const [initial] = useState(() => draftOf(config))
  const [draft, setDraft] = useState(initial)
  const save = useSave()
  const test = useConnectionTest()
  const reauthentication = useReauthentication(tenant)
  const { provider } = config
  const one = { provider, configId: config.id }
  const isOther = reachesDifferently(draft, config)
  /** Its key is not here to be tried with anything else than what is stored. */
  const mustSaveFirst = isOther && config.key !== null && draft.apiKey.trim() === ''
  function change(part: Partial<ConfigDraft>) {
    setDraft({ ...draft, ...part })
    save.touch()
    test.forget()
  }
  function submit() {
    const { displayName, enabled } = draft
    const wish = { ...one, version: config.version, displayName, enabled, ...connectionOf(draft) }
    save.run(
      () => reauthentication.run(() => changeConfig(tenant, wish)),
      () => {
        notify.success('Provider saved')
        router.refresh()
        onClose()
      },
    )
  }
  function tryIt() {
    const unsaved = { config: { provider, ...connectionOf(draft) } }
    test.run(() => (isOther ? testUnsavedConfig(tenant, unsaved) : testConfig(tenant, one)))
  }
  return (
    <ConfigSheet
      title={`Edit ${config.displayName}`}
      description="Runs that begin from now on go by what you save here."
      submitLabel="Save changes"
      problemTitle="The provider was not changed"
      draft={draft}
      config={config}
      dirty={draft !== initial}
      save={save}
      test={test}
      testHint={mustSaveFirst ? 'Save first, or enter the key again, to test this.' : undefined}
      onChange={change}
      onTest={tryIt}
      onSubmit={submit}
      onClose={onClose}
      dialogs={reauthentication.dialog}
    />
  )
}
