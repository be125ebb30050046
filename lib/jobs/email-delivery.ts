import { type DeliveryRuntime, deliverWaiting } from '@/lib/email/delivery'
import { EMAIL_CHANNEL } from '@/lib/email/outbox'
import { type SignalledWork, startOnSignal } from '@/lib/jobs/on-signal'
import type { Runtime } from '@/lib/runtime'

/** Sends e-mails as soon as the outbox signals them; retries need `run` from time to time. */
export function startEmailDelivery(
  runtime: DeliveryRuntime & Pick<Runtime, 'mail' | 'changes' | 'log'>,
): SignalledWork {
  return startOnSignal(runtime, {
    channel: EMAIL_CHANNEL,
    failure: 'e-mails not sent',
    work: (stop) => deliverWaiting(runtime, runtime.mail, stop),
  })
}
