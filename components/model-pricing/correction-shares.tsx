'use client'

import { amountText, exactAmount } from '@/components/charts/amount'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { ReRatingPreview } from '@/lib/usage/re-rating'
import type { ReRatingShare } from '@/lib/usage/re-rating-sums'
import { agentText, differenceText } from './own-price-words'

/** Whose cost would change: by model, and by agent. */
export function CorrectionShares({ preview }: { preview: ReRatingPreview }) {
  return (
    <div className="flex flex-col gap-4">
      <Shares
        label="Difference by model"
        heading="Model"
        shares={preview.byModel}
        nameOf={({ names }) => names.join(' / ')}
      />
      <Shares
        label="Difference by agent"
        heading="Agent"
        shares={preview.byAgent}
        nameOf={({ names }) => agentText(names[0] ?? '')}
      />
    </div>
  )
}

type SharesProps = {
  label: string
  heading: string
  shares: readonly ReRatingShare[]
  nameOf: (share: ReRatingShare) => string
}

function Shares({ label, heading, shares, nameOf }: SharesProps) {
  if (shares.length === 0) return null
  return (
    <Table label={label}>
      <THead>
        <tr>
          <Th>{heading}</Th>
          <Th align="right">Calls</Th>
          <Th align="right">Newly priced</Th>
          <Th align="right">As it stands</Th>
          <Th align="right">By the prices of now</Th>
          <Th align="right">Difference</Th>
        </tr>
      </THead>
      <TBody>
        {shares.map((share) => (
          <Tr key={share.names.join('\n')}>
            <Td className="min-w-40 max-w-72 [overflow-wrap:anywhere]">{nameOf(share)}</Td>
            <Td align="right">{share.calls.toLocaleString('en-US')}</Td>
            <Td align="right">{share.newlyPriced.toLocaleString('en-US')}</Td>
            <MoneyCell nano={share.costBefore} />
            <MoneyCell nano={share.costAfter} />
            <Td align="right" title={exactAmount('usd', share.costAfter - share.costBefore)}>
              {differenceText(share.costAfter - share.costBefore)}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  )
}

function MoneyCell({ nano }: { nano: bigint }) {
  return (
    <Td align="right" title={exactAmount('usd', nano)}>
      {amountText('usd', nano)}
    </Td>
  )
}
