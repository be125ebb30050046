import { AbsoluteTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { DeliveryAttempt } from '@/lib/inbound/model'

export type AttemptTableProps = { log: readonly DeliveryAttempt[]; of: string }

/** Every try at one subscriber, newest first. */
export function AttemptTable({ log, of }: AttemptTableProps) {
  return (
    <Table label={`Tries at ${of}`} framed={false}>
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
  )
}
