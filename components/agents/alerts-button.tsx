'use client'

import { Bell, BellOff } from 'lucide-react'
import { lazy } from 'react'
import { Button } from '@/components/ui/button'
import { OnDemand } from '@/components/ui/on-demand'
import { type AlertsOf, alertsFor } from './collaborator-alerts'

const load = () => import('./alerts-popover')
const AlertsPopover = lazy(async () => ({ default: (await load()).AlertsPopover }))

/** Which events of the agent a collaborator is told of, and the way to change it. */
export function AlertsButton(props: AlertsOf) {
  const { displayName, alertPreferences } = props.collaborator
  const concerned = alertsFor(props.collaborator)
  const on = concerned.filter((alert) => alertPreferences[alert]).length
  const words =
    on === 0
      ? 'No alerts'
      : on === concerned.length
        ? 'All alerts'
        : `${on} of ${concerned.length} alerts`
  const trigger = (
    <Button
      variant="ghost"
      size="sm"
      aria-label={`${props.isYou ? 'Your alerts' : `Alerts of ${displayName}`}: ${words}`}
    >
      {on === 0 ? <BellOff aria-hidden /> : <Bell aria-hidden />}
      {words}
    </Button>
  )
  return (
    <OnDemand opens="dialog" trigger={trigger} load={load}>
      <AlertsPopover {...props} trigger={trigger} />
    </OnDemand>
  )
}
