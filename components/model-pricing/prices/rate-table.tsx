import { partRateWords, partWords } from '@/components/model-pricing/rate-words'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { ratePartsOf } from '@/lib/model-pricing/rate-changes'
import type { ModelRates } from '@/lib/model-pricing/rates'

/** Every number of a price: kinds, tiers and windows of the day. */
export function RateTable({ rates }: { rates: ModelRates }) {
  return (
    <Table label="Rates">
      <THead>
        <tr>
          <Th>What is billed</Th>
          <Th align="right">For a million tokens</Th>
        </tr>
      </THead>
      <TBody>
        {ratePartsOf(rates).map((part) => (
          <Tr key={partWords(part)}>
            <Td className="h-9">{partWords(part)}</Td>
            <Td className="h-9" align="right">
              {partRateWords(part, part.rate)}
              {part.kind === 'call' ? ' a call' : ''}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  )
}
