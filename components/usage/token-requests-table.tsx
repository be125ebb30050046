import { amountText } from '@/components/charts/amount'
import { tokenHref } from '@/components/tokens/token-href'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { NamedToken } from '@/lib/usage/token-names'
import type { TokenRequests } from '@/lib/usage/token-requests'
import { failedShare } from './requests-chart'
import { TokenCells, TokenHeads } from './token-cell'

export interface TokenReader {
  /** Whether the tokens of others have pages for them. */
  seesAll: boolean
  userId: string
}

export type TokenRequestsTableProps = {
  tenant: string
  tokens: readonly TokenRequests[]
  reader: TokenReader
}

/** Whose calls the requests were; a token leads to its activity, where each call is. */
export function TokenRequestsTable({ tenant, tokens, reader }: TokenRequestsTableProps) {
  return (
    <Table label="Requests by token" framed={false}>
      <THead>
        <tr>
          <TokenHeads />
          <Th align="right">Requests</Th>
          <Th align="right">Failed</Th>
          <Th align="right">Failed share</Th>
        </tr>
      </THead>
      <TBody>
        {tokens.map(({ token, ...sums }) => {
          const opens = token !== null && (reader.seesAll || token.owner.id === reader.userId)
          return (
            <Tr key={token?.familyId ?? 'others'} interactive={opens}>
              <TokenCells token={token} href={opens ? activityHref(tenant, token) : null} />
              <Td align="right">{amountText('count', sums.requests)}</Td>
              <Td align="right">
                {sums.failed === 0 ? (
                  <span className="text-faint">0</span>
                ) : (
                  amountText('count', sums.failed)
                )}
              </Td>
              <Td align="right">{failedShare(sums)}</Td>
            </Tr>
          )
        })}
      </TBody>
    </Table>
  )
}

function activityHref(tenant: string, token: NamedToken): string {
  const page = tokenHref(tenant, token)
  return token.owner.type === 'integration' ? page : `${page}?tab=activity`
}
