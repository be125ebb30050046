import { LinkButton } from '@/components/ui/link-button'
import type { PendingDevice } from '@/lib/device-authorization/model'

export type DeviceDecidedProps = {
  device: PendingDevice
  place: { slug: string; name: string }
  decided: 'approved' | 'denied'
}

export function DeviceDecided({ device, place, decided }: DeviceDecidedProps) {
  const approved = decided === 'approved'
  const settings = `/${place.slug}/settings`
  return (
    <div className="flex flex-col items-start gap-3" role="status">
      <h1 className="break-words font-semibold text-ink text-xl">
        {approved ? `${device.clientName} is signed in` : 'Turned away'}
      </h1>
      <p className="text-muted text-sm">
        {approved
          ? `Close this page and go back to it: within a few seconds it works in ${place.name}. Its token is under API Access, where you can revoke it at any time.`
          : 'It gets nothing, and its code is worth nothing any more. If you did not start this, you need do no more.'}
      </p>
      <LinkButton href={approved ? `${settings}/api-access` : settings}>
        {approved ? 'See it under API Access' : 'Go to the settings'}
      </LinkButton>
    </div>
  )
}
