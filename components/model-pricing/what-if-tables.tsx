import { amountText, exactAmount } from '@/components/charts/amount'
import { SectionCard } from '@/components/settings/section-card'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { KIND_WORDS } from '@/components/usage/usage-words'
import type { WhatIf, WhatIfAgent } from '@/lib/usage/what-if'
import { agentText, asWider, differenceText, rateText } from './own-price-words'

const AGENTS_SHOWN = 100

/** The estimate by kind of token, and by agent beside what was paid. */
export function WhatIfTables({ result }: { result: WhatIf }) {
  const shown = result.byAgent.slice(0, AGENTS_SHOWN)
  return (
    <>
      <SectionCard title="By kind of token" flush>
        <Kinds result={result} />
      </SectionCard>
      <SectionCard
        title="By agent"
        description={
          shown.length < result.byAgent.length
            ? `The ${AGENTS_SHOWN} that cost the most, of ${result.byAgent.length.toLocaleString('en-US')}.`
            : undefined
        }
        flush
      >
        <Table label="Comparison by agent" framed={false}>
          <THead>
            <tr>
              <Th>Agent</Th>
              <Th align="right">Calls</Th>
              <Th align="right">Actual cost</Th>
              <Th align="right">Estimate</Th>
              <Th align="right">Difference</Th>
            </tr>
          </THead>
          <TBody>
            {shown.map((agent) => (
              <AgentRow key={agent.agent} agent={agent} />
            ))}
          </TBody>
        </Table>
      </SectionCard>
    </>
  )
}

function Kinds({ result: { kinds, price, perCall, calls } }: { result: WhatIf }) {
  const table = price?.rates.rates
  return (
    <Table label="Estimate by kind of token" framed={false}>
      <THead>
        <tr>
          <Th>Kind</Th>
          <Th align="right">Tokens</Th>
          <Th align="right">Price per 1M there</Th>
          <Th align="right">Estimate</Th>
        </tr>
      </THead>
      <TBody>
        {kinds.map(({ kind, tokens, estimated }) => (
          <Tr key={kind}>
            <Td>{KIND_WORDS[kind]}</Td>
            <Td align="right">{tokens.toLocaleString('en-US')}</Td>
            <Td align="right">
              {table?.[kind] === undefined && estimated !== null
                ? asWider(kind)
                : rateText(table?.[kind])}
            </Td>
            <MoneyCell nano={estimated} />
          </Tr>
        ))}
        {perCall === 0n ? null : (
          <Tr>
            <Td>Each call</Td>
            <Td align="right">{calls.toLocaleString('en-US')} calls</Td>
            <Td align="right">—</Td>
            <MoneyCell nano={perCall} />
          </Tr>
        )}
      </TBody>
    </Table>
  )
}

function AgentRow({ agent: { agent, calls, actual, estimated } }: { agent: WhatIfAgent }) {
  return (
    <Tr>
      <Td className="min-w-32 max-w-72 [overflow-wrap:anywhere]">{agentText(agent)}</Td>
      <Td align="right">{calls.toLocaleString('en-US')}</Td>
      <MoneyCell nano={actual} />
      <MoneyCell nano={estimated} />
      <Td align="right">{estimated === null ? 'Unknown' : differenceText(estimated - actual)}</Td>
    </Tr>
  )
}

function MoneyCell({ nano }: { nano: bigint | null }) {
  if (nano === null) return <Td align="right">Unknown</Td>
  return (
    <Td align="right" title={exactAmount('usd', nano)}>
      {amountText('usd', nano)}
    </Td>
  )
}
