'use client'

import { useRouter } from 'next/navigation'
import { type ReactElement, useState } from 'react'
import { setAlerts } from '@/app/[tenant]/settings/agents/access-actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { SwitchField } from '@/components/ui/switch'
import { TextLink } from '@/components/ui/text-link'
import { AGENT_ALERTS, type AgentAlert } from '@/lib/agents/model'
import { type AlertsOf, alertsFor } from './collaborator-alerts'

/** Mounts open. */
export function AlertsPopover({
  trigger,
  tenant,
  agent,
  collaborator,
  isYou,
}: AlertsOf & { trigger: ReactElement }) {
  const [open, setOpen] = useState(true)
  const [changed, setChanged] = useState<Partial<Record<AgentAlert, boolean>>>({})
  const router = useRouter()
  const save = useSave()
  const shown = { ...collaborator.alertPreferences, ...(save.problem ? {} : changed) }
  function change(alert: AgentAlert, on: boolean) {
    const { userId } = collaborator
    setChanged((before) => ({ ...before, [alert]: on }))
    save.run(
      () => setAlerts(tenant, { agent, userId, alertPreferences: { [alert]: on } }),
      () => {
        setChanged({})
        router.refresh()
      },
    )
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label={isYou ? 'Your alerts' : `Alerts of ${collaborator.displayName}`}
        className="flex w-80 flex-col gap-4 p-4"
      >
        {alertsFor(collaborator).map((alert) => (
          <SwitchField
            key={alert}
            label={AGENT_ALERTS[alert].label}
            description={AGENT_ALERTS[alert].description}
            checked={shown[alert]}
            disabled={save.saving}
            onCheckedChange={(on) => change(alert, on)}
          />
        ))}
        <ProblemNotice problem={save.problem} title="The alert was not changed" />
        <p className="border-subtle border-t pt-3 text-muted text-xs">
          {isYou ? (
            <>
              In the app or by e-mail, as{' '}
              <TextLink href={`/${tenant}/settings/profile?tab=notifications`}>
                your notifications
              </TextLink>{' '}
              say.
            </>
          ) : (
            `In the app or by e-mail, as ${collaborator.displayName} has chosen.`
          )}
        </p>
      </PopoverContent>
    </Popover>
  )
}
