import { Pencil, Trash2 } from 'lucide-react'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowMenu } from '@/components/ui/row-menu'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { OwnPasskey } from '@/lib/two-factor/model'

export type PasskeyTableProps = {
  passkeys: readonly OwnPasskey[]
  now: number
  onRename: (passkey: OwnPasskey) => void
  onRemove: (passkey: OwnPasskey) => void
}

export function PasskeyTable({ passkeys, now, onRename, onRemove }: PasskeyTableProps) {
  return (
    <Table label="Your passkeys" framed={false}>
      <THead>
        <tr>
          <Th>Name</Th>
          <Th className="hidden sm:table-cell">Added</Th>
          <Th>Last used</Th>
          <Th srOnly>Actions</Th>
        </tr>
      </THead>
      <TBody>
        {passkeys.map((passkey) => (
          <Tr key={passkey.id}>
            <Td>
              <span className="block font-medium text-ink [overflow-wrap:anywhere]">
                {passkey.name}
              </span>
              <span className="block text-muted text-xs">
                {passkey.backedUp ? 'Synced between your devices' : 'On one device only'}
              </span>
            </Td>
            <Td className="hidden text-muted sm:table-cell">
              <RelativeTime at={passkey.createdAt} now={now} />
            </Td>
            <Td className="text-muted">
              {passkey.lastUsedAt === null ? (
                'Never'
              ) : (
                <RelativeTime at={passkey.lastUsedAt} now={now} />
              )}
            </Td>
            <Td align="right">
              <RowMenu
                name={passkey.name}
                actions={[
                  {
                    label: 'Rename…',
                    icon: <Pencil aria-hidden />,
                    onSelect: () => onRename(passkey),
                  },
                  {
                    label: 'Remove…',
                    icon: <Trash2 aria-hidden />,
                    tone: 'danger',
                    onSelect: () => onRemove(passkey),
                  },
                ]}
              />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  )
}
