import { KeyRound } from 'lucide-react'
import { amountText } from '@/components/charts/amount'
import { tokenHref } from '@/components/tokens/token-href'
import { EmptyState } from '@/components/ui/empty-state'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { TokenUsage } from '@/lib/usage/token-usage'
import { CostCell, TokensCell } from './amount-cells'
import { TokenCells, TokenHeads } from './token-cell'

export type TokenUsageTableProps = {
  tenant: string
  usage: readonly TokenUsage[]
  /** Whether the reader sees the tokens of others by name. */
  seesAll: boolean
  /** The reader, whose own tokens have pages. */
  userId: string
}

/** What came with each token, and with all tokens of each service account. */
export function TokenUsageTable({ tenant, usage, seesAll, userId }: TokenUsageTableProps) {
  if (usage.length === 0) {
    return (
      <EmptyState
        icon={<KeyRound />}
        title="No token reported usage in this period"
        description="Programs report model calls with a token that holds traces:write."
      />
    )
  }
  const total = usage.reduce((sum, { cost }) => sum + cost, 0n)
  const opens = ({ owner }: NonNullable<TokenUsage['token']>) => seesAll || owner.id === userId
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <AccountsTable tenant={tenant} usage={usage} total={total} seesAll={seesAll} />
      <section className="flex flex-col gap-3" aria-label="By token">
        <h2 className="font-medium text-base text-ink">By token</h2>
        <Table label="Usage by token">
          <THead>
            <tr>
              <TokenHeads />
              <AmountHeads />
            </tr>
          </THead>
          <TBody>
            {usage.map((one) => (
              <Tr
                key={one.token?.familyId ?? (one.withoutToken ? 'none' : 'others')}
                interactive={one.token !== null && opens(one.token)}
              >
                <TokenCells
                  token={one.token}
                  unnamed={one.withoutToken ? 'Without a token' : undefined}
                  href={one.token && opens(one.token) ? tokenHref(tenant, one.token) : null}
                />
                <Amounts usage={one} total={total} />
              </Tr>
            ))}
          </TBody>
        </Table>
      </section>
    </div>
  )
}

/** Only where service accounts reported anything. */
function AccountsTable({
  tenant,
  usage,
  total,
  seesAll,
}: Pick<TokenUsageTableProps, 'tenant' | 'usage' | 'seesAll'> & { total: bigint }) {
  const accounts = new Map<string, { label: string; usage: TokenUsage[] }>()
  for (const one of usage) {
    if (one.token?.owner.type !== 'service-account') continue
    const { id, label } = one.token.owner
    const account = accounts.get(id) ?? { label, usage: [] }
    account.usage.push(one)
    accounts.set(id, account)
  }
  if (accounts.size === 0) return null
  return (
    <section className="flex flex-col gap-3" aria-label="By service account">
      <h2 className="font-medium text-base text-ink">By service account</h2>
      <Table label="Usage by service account">
        <THead>
          <tr>
            <Th>Service account</Th>
            <AmountHeads />
          </tr>
        </THead>
        <TBody>
          {[...accounts].map(([id, account]) => (
            <Tr key={id} interactive={seesAll}>
              <Td className="max-w-64 truncate">
                {seesAll ? (
                  <RowLink href={`/${tenant}/settings/api-access/service-accounts/${id}`}>
                    {account.label}
                  </RowLink>
                ) : (
                  account.label
                )}
              </Td>
              <Amounts usage={sumOfTokens(account.usage)} total={total} />
            </Tr>
          ))}
        </TBody>
      </Table>
    </section>
  )
}

type Sums = Omit<TokenUsage, 'token' | 'withoutToken'>

function sumOfTokens(usage: readonly TokenUsage[]): Sums {
  return usage.reduce<Sums>(
    (sum, one) => ({
      calls: sum.calls + one.calls,
      unpricedCalls: sum.unpricedCalls + one.unpricedCalls,
      inputTokens: sum.inputTokens + one.inputTokens,
      outputTokens: sum.outputTokens + one.outputTokens,
      cost: sum.cost + one.cost,
    }),
    { calls: 0, unpricedCalls: 0, inputTokens: 0, outputTokens: 0, cost: 0n },
  )
}

function AmountHeads() {
  return (
    <>
      <Th align="right">Cost</Th>
      <Th align="right">Share</Th>
      <Th align="right">Calls</Th>
      <Th align="right">Input</Th>
      <Th align="right">Output</Th>
    </>
  )
}

/** Money first, as by model: it is what stays in sight on a phone. */
function Amounts({ usage, total }: { usage: Sums; total: bigint }) {
  const { calls, unpricedCalls, cost } = usage
  return (
    <>
      <CostCell cost={cost} calls={calls} unpricedCalls={unpricedCalls} />
      <Td align="right">
        {total > 0n ? `${((Number(cost) / Number(total)) * 100).toFixed(1)}%` : '–'}
      </Td>
      <Td align="right">{amountText('count', calls)}</Td>
      <TokensCell amount={usage.inputTokens} />
      <TokensCell amount={usage.outputTokens} />
    </>
  )
}
