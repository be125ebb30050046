'use client'

import { useState } from 'react'
import { changeMcp } from '@/app/[tenant]/settings/integrations/actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import { useSave } from '@/components/settings/use-save'
import { SwitchField } from '@/components/ui/switch'
import type { McpPublication } from '@/lib/integrations/model'

export type ServerCardProps = {
  tenant: string
  publication: McpPublication
  onChanged: (publication: McpPublication) => void
}

/** Whether clients get through. */
export function ServerCard({ tenant, publication, onChanged }: ServerCardProps) {
  const { integration, config } = publication
  const [asking, setAsking] = useState(false)
  const save = useSave()
  const reauthentication = useReauthentication(tenant)
  const change = (enabled: boolean) => changeMcp(tenant, { integration: integration.id, enabled })
  return (
    <SectionCard title="MCP server">
      <div className="flex flex-col gap-4">
        <SwitchField
          label="Clients may call this integration"
          description={meaningOf(publication)}
          checked={config.enabled}
          disabled={save.saving}
          onCheckedChange={(checked) =>
            checked
              ? save.run(() => reauthentication.run(() => change(true)), onChanged)
              : setAsking(true)
          }
        />
        <ProblemNotice problem={save.problem} title="The MCP server was not enabled" />
      </div>
      <ActDialog
        open={asking}
        onClose={() => setAsking(false)}
        onDone={onChanged}
        act={() => change(false)}
        title={`Disable the MCP server of ${integration.displayName}?`}
        description={
          <p>
            Every call is refused from now on. The key stays as it is: when you enable it again, no
            client needs a change.
          </p>
        }
        confirmLabel="Disable"
        tone="danger"
        problemTitle="The MCP server was not disabled"
      />
      {reauthentication.dialog}
    </SectionCard>
  )
}

function meaningOf({ config }: McpPublication): string {
  if (config.enabled) {
    return 'Whoever has the key uses the tools below. Disabling refuses every call and keeps the key.'
  }
  return config.key === null
    ? 'Off. Enabling makes the key that clients call with, and shows it once.'
    : 'Off: every call is refused. The key is kept, so enabling changes nothing for clients.'
}
