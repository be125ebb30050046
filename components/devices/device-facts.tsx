import { Callout } from '@/components/ui/callout'
import { AbsoluteTime } from '@/components/ui/relative-time'
import type { PendingDevice } from '@/lib/device-authorization/model'

export type DeviceFactsProps = { device: PendingDevice; email: string }

/** Who asks, and the code to compare: what a stranger's link could show just the same. */
export function DeviceFacts({ device, email }: DeviceFactsProps) {
  return (
    <>
      <div className="flex flex-col gap-1">
        <h1 className="break-words font-semibold text-ink text-xl">Sign {device.clientName} in?</h1>
        <p className="text-muted text-sm">
          It will act as you, <strong className="break-all font-medium text-ink">{email}</strong>,
          with a personal token of its own.
        </p>
      </div>
      <div className="flex flex-col items-center gap-1 rounded-lg border border-subtle bg-inset px-3 py-4">
        <span className="text-muted text-xs">Your device must show this code</span>
        <output
          aria-label="Code"
          className="font-mono font-semibold text-xl text-ink tracking-[0.15em]"
        >
          {device.userCode}
        </output>
        <span className="text-center text-muted text-xs">
          {device.deviceLabel ? (
            <>
              It calls itself{' '}
              <span className="break-all font-medium text-ink">{device.deviceLabel}</span>
              {' · '}
            </>
          ) : null}
          {device.requestedIp ? `from ${device.requestedIp} · ` : null}
          good until <AbsoluteTime at={device.expiresAt} />
        </span>
      </div>
      <Callout tone="warning" title="Did you start this yourself, just now?">
        If somebody sent you this page or the code, deny it: they would be signed in as you. Nobody
        at Fruxon ever asks you to approve a code.
      </Callout>
    </>
  )
}
