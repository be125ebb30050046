import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { OwnSession } from '@/lib/profile/sessions'

export type SessionTableProps = {
  now: number
  sessions: readonly OwnSession[]
  /** The one that is just being ended. */
  endingId: string | null
  onEnd: (session: OwnSession) => void
}

const METHOD_WORDS: Record<OwnSession['signInMethod'], string> = {
  PASSWORD: 'by password',
  PASSKEY: 'by passkey',
  OIDC: 'by company sign-in',
}

/** "This machine · 127.0.0.1". */
function placeWords({ ip, network }: OwnSession): string {
  return [network, ip ?? 'Unknown address'].filter(Boolean).join(' · ')
}

export function SessionTable({ now, sessions, endingId, onEnd }: SessionTableProps) {
  return (
    <Table label="Where you are signed in" framed={false}>
      <THead>
        <tr>
          <Th>Device</Th>
          <Th className="hidden sm:table-cell">Signed in</Th>
          <Th>Last seen</Th>
          <Th srOnly>Actions</Th>
        </tr>
      </THead>
      <TBody>
        {sessions.map((session) => (
          <Tr key={session.id} pending={session.id === endingId}>
            <Td>
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium text-ink">{session.device}</span>
                {session.current ? <Badge tone="success">This one</Badge> : null}
              </span>
              <span className="block text-muted text-xs [overflow-wrap:anywhere]">
                {placeWords(session)}
                <span className="sm:hidden"> · {METHOD_WORDS[session.signInMethod]}</span>
              </span>
            </Td>
            <Td className="hidden text-muted sm:table-cell">
              <RelativeTime at={session.createdAt} now={now} />
              <span className="block text-xs">{METHOD_WORDS[session.signInMethod]}</span>
            </Td>
            <Td className="text-muted">
              {session.current ? 'now' : <RelativeTime at={session.lastSeenAt} now={now} />}
            </Td>
            <Td align="right">
              {session.current ? null : (
                <Button
                  size="sm"
                  aria-label={`Sign out ${session.device}${session.ip ? `, ${session.ip}` : ''}`}
                  onClick={() => onEnd(session)}
                >
                  Sign out
                </Button>
              )}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  )
}
