import { SectionCard } from '@/components/settings/section-card'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { DeliveryDetail } from '@/lib/inbound/model'

export type DeliveryAttemptsProps = { delivery: DeliveryDetail; now: number }

/** Every try to forward it, newest first. */
export function DeliveryAttempts({ delivery, now }: DeliveryAttemptsProps) {
  const { log, nextAttemptAt, state } = delivery
  return (
    <SectionCard
      title="Attempts"
      description={
        nextAttemptAt !== null && nextAttemptAt > now ? (
          <>
            The next one is <RelativeTime at={nextAttemptAt} now={now} />.
          </>
        ) : state === 'HELD' ? (
          'None is made while the endpoint is paused.'
        ) : undefined
      }
      flush={log.length > 0}
    >
      {log.length === 0 ? (
        <p className="text-muted text-sm">None has ended yet.</p>
      ) : (
        <Table label="Log of attempts" framed={false}>
          <THead>
            <tr>
              <Th className="w-16">No.</Th>
              <Th>Outcome</Th>
              <Th className="w-28" align="right">
                Took
              </Th>
              <Th className="w-52 max-sm:hidden">At</Th>
            </tr>
          </THead>
          <TBody>
            {log.map((attempt) => (
              <Tr key={attempt.number}>
                <Td className="text-muted">{attempt.number}</Td>
                <Td>
                  <StatusDot tone={attempt.succeeded ? 'success' : 'danger'}>
                    {attempt.outcome}
                  </StatusDot>
                  <span className="block pl-4 text-muted text-xs sm:hidden">
                    <AbsoluteTime at={attempt.startedAt} />
                  </span>
                </Td>
                <Td align="right" className="whitespace-nowrap text-muted">
                  {attempt.durationMs.toLocaleString('en-US')} ms
                </Td>
                <Td className="whitespace-nowrap text-muted max-sm:hidden">
                  <AbsoluteTime at={attempt.startedAt} />
                </Td>
              </Tr>
            ))}
          </TBody>
        </Table>
      )}
    </SectionCard>
  )
}
