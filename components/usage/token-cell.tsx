import { RowLink, Td } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { NamedToken } from '@/lib/usage/token-names'

export type TokenCellsProps = {
  /** Null for the tokens that the reader may not see, all in one row. */
  token: NamedToken | null
  /** What stands for a name where there is none. */
  unnamed?: string | undefined
  /** Its page; null where the reader has none for it. */
  href: string | null
}

export function TokenHeads() {
  return (
    <>
      <Th>Token</Th>
      <Th className="max-sm:hidden">Owner</Th>
    </>
  )
}

/** A token and its owner: in a column each, or one below the other where there is no room for the figures else. */
export function TokenCells({ token, unnamed = 'Tokens of others', href }: TokenCellsProps) {
  return (
    <>
      <Td className="max-w-36 sm:max-w-64">
        <span className="block truncate">
          {token && href ? (
            <RowLink href={href}>{token.name}</RowLink>
          ) : (
            <span className={token ? 'text-ink' : 'text-muted'}>{token?.name ?? unnamed}</span>
          )}
        </span>
        {token ? (
          <span className="block truncate text-muted text-xs sm:hidden">{token.owner.label}</span>
        ) : null}
      </Td>
      <Td className="max-w-48 truncate text-muted max-sm:hidden">{token?.owner.label ?? '–'}</Td>
    </>
  )
}
