'use client'

import { amountText, exactAmount } from '@/components/charts/amount'
import { SectionCard } from '@/components/settings/section-card'
import { EmptyState } from '@/components/ui/empty-state'
import { AbsoluteTime, RelativeTime } from '@/components/ui/relative-time'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { PastReRating } from '@/lib/usage/re-rating-list'
import { agentText, differenceText } from './own-price-words'

const DAY_MS = 86_400_000

export type PastCorrectionsProps = { now: number; corrections: readonly PastReRating[] }

/** What was corrected, by whom and why. */
export function PastCorrections({ now, corrections }: PastCorrectionsProps) {
  return (
    <SectionCard
      title="Applied corrections"
      description="The last 100. The audit log has all of them."
      flush
    >
      {corrections.length === 0 ? (
        <EmptyState
          framed={false}
          title="Nothing was corrected yet"
          description="Every call costs what its price said when it was counted."
        />
      ) : (
        <Table label="Corrections" framed={false}>
          <THead>
            <tr>
              <Th>Days</Th>
              <Th>What</Th>
              <Th align="right">Calls</Th>
              <Th align="right">Newly priced</Th>
              <Th align="right">Before</Th>
              <Th align="right">After</Th>
              <Th align="right">Difference</Th>
              <Th>Reason</Th>
              <Th>Applied</Th>
            </tr>
          </THead>
          <TBody>
            {corrections.map((correction) => (
              <CorrectionRow key={correction.id} now={now} correction={correction} />
            ))}
          </TBody>
        </Table>
      )}
    </SectionCard>
  )
}

function CorrectionRow({ now, correction }: { now: number; correction: PastReRating }) {
  const { from, to, provider, model, agent, costBefore, costAfter } = correction
  return (
    <Tr>
      <Td className="whitespace-nowrap">
        <AbsoluteTime at={from} dateOnly /> – <AbsoluteTime at={to - DAY_MS} dateOnly />
      </Td>
      <Td className="min-w-44 max-w-60 [overflow-wrap:anywhere]">
        {[provider ?? (model === null ? 'All models' : null), model].filter(Boolean).join(' / ')}
        <span className="block text-muted text-xs">{agentText(agent)}</span>
      </Td>
      <Td align="right">{correction.calls.toLocaleString('en-US')}</Td>
      <Td align="right">{correction.newlyPriced.toLocaleString('en-US')}</Td>
      <Td align="right" title={exactAmount('usd', costBefore)}>
        {amountText('usd', costBefore)}
      </Td>
      <Td align="right" title={exactAmount('usd', costAfter)}>
        {amountText('usd', costAfter)}
      </Td>
      <Td align="right" title={exactAmount('usd', costAfter - costBefore)}>
        {differenceText(costAfter - costBefore)}
      </Td>
      <Td className="min-w-40 max-w-72 [overflow-wrap:anywhere]">{correction.reason}</Td>
      <Td className="whitespace-nowrap">
        <RelativeTime at={correction.appliedAt} now={now} />
        <span className="block text-muted text-xs">{correction.askedBy}</span>
      </Td>
    </Tr>
  )
}
