import { Lock } from 'lucide-react'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import { Td, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import type { Delivery } from '@/lib/notifications/deliveries'
import { decisionWords, fateOf } from './delivery-words'
import { preferencesHref } from './preferences-href'

export const DELIVERY_COLUMNS = 6

export type DeliveryRowProps = {
  tenant: string
  now: number
  emailAvailable: boolean
  delivery: Delivery
}

/** One notice and what was done with it; on a narrow screen all of it stands in one cell. */
export function DeliveryRow({ tenant, now, emailAvailable, delivery }: DeliveryRowProps) {
  const when = <RelativeTime at={delivery.createdAt} now={now} />
  const email = <EmailFate email={delivery.email} now={now} emailAvailable={emailAvailable} />
  const change = <ChangeLink tenant={tenant} delivery={delivery} />
  return (
    <Tr>
      <Td className="py-2.5 align-top text-muted max-md:hidden">{when}</Td>
      <Td className="py-2.5 align-top">
        <div className="flex min-w-0 flex-col gap-0.5">
          <span className="flex items-baseline justify-between gap-3">
            <span className="text-muted text-xs">{delivery.label}</span>
            <span className="text-faint text-xs md:hidden">{when}</span>
          </span>
          <span className="text-ink [overflow-wrap:anywhere]">{delivery.title}</span>
          <span className="text-muted text-xs [overflow-wrap:anywhere] xl:hidden">
            {delivery.why}
          </span>
        </div>
        <dl className="mt-2 grid grid-cols-[4rem_1fr] gap-x-3 gap-y-1 text-sm md:hidden">
          <dt className="text-muted">In app</dt>
          <dd>{inAppWords(delivery)}</dd>
          <dt className="text-muted">E-mail</dt>
          <dd>{email}</dd>
        </dl>
        <p className="mt-2 md:hidden">{change}</p>
      </Td>
      <Td className="py-2.5 align-top text-muted [overflow-wrap:anywhere] max-xl:hidden">
        {delivery.why}
      </Td>
      <Td className="py-2.5 align-top max-md:hidden">{inAppWords(delivery)}</Td>
      <Td className="py-2.5 align-top max-md:hidden">{email}</Td>
      <Td align="right" className="whitespace-nowrap py-2.5 align-top max-md:hidden">
        {change}
      </Td>
    </Tr>
  )
}

function inAppWords({ inApp }: Delivery): string {
  return inApp ? 'Shown' : 'Off'
}

type EmailFateProps = { email: Delivery['email']; now: number; emailAvailable: boolean }

function EmailFate({ email, now, emailAvailable }: EmailFateProps) {
  const fate = fateOf(email, emailAvailable)
  return (
    <span className="flex min-w-0 flex-col gap-0.5">
      <span className="flex items-center gap-1.5">
        {email.decision === 'LOCKED' ? (
          <Lock aria-hidden className="size-3.5 shrink-0 text-faint" />
        ) : null}
        {decisionWords(email)}
      </span>
      {fate ? (
        <StatusDot tone={fate.tone} className="whitespace-normal text-muted text-xs">
          <span>
            {fate.words}
            {fate.at === null ? null : (
              <>
                {' '}
                <RelativeTime at={fate.at} now={now} />
              </>
            )}
          </span>
        </StatusDot>
      ) : null}
      {fate?.hint ? <span className="text-muted text-xs">{fate.hint}</span> : null}
    </span>
  )
}

/** Not for what nobody can change. */
function ChangeLink({ tenant, delivery }: { tenant: string; delivery: Delivery }) {
  if (delivery.email.decision === 'LOCKED') return null
  return (
    <TextLink href={preferencesHref(tenant, delivery.kind)} prefetch={false}>
      Change this<span className="sr-only">: {delivery.label}</span>
    </TextLink>
  )
}
