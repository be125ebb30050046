import { Badge } from '@/components/ui/badge'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { type CaseImport, type ImportMode, type ImportOutcome, importWords } from './case-import'
import { asksWords, excerpt } from './dataset-words'

const SHOWN = 25

const OUTCOMES = {
  ADDED: { label: 'New', tone: 'success' },
  CHANGED: { label: 'Changes', tone: 'warning' },
  SAME: { label: 'As before', tone: 'neutral' },
  ALIKE: { label: 'New, asked before', tone: 'info' },
} as const satisfies Record<ImportOutcome, object>

export type ImportPreviewProps = { mode: ImportMode; plan: CaseImport }

/** What the import does with each case, the first of them in words. */
export function ImportPreview({ mode, plan }: ImportPreviewProps) {
  const rest = plan.cases.length - SHOWN
  return (
    <div className="flex flex-col gap-3">
      <output className="text-ink text-sm">{importWords(mode, plan)}. Nothing is done yet.</output>
      <Table label="What the import does">
        <THead>
          <tr>
            <Th>Case</Th>
            <Th className="w-40">What happens</Th>
          </tr>
        </THead>
        <TBody>
          {plan.cases.slice(0, SHOWN).map(({ text, outcome }, index) => {
            const skipped = mode === 'ADD' && outcome === 'SAME'
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the place in the file is what a row is
              <Tr key={index}>
                <Td>
                  <span className="flex min-w-0 max-w-88 flex-col py-1.5">
                    {text.name ? (
                      <span className="truncate font-medium text-ink">{text.name}</span>
                    ) : null}
                    <span className="line-clamp-2 [overflow-wrap:anywhere]">
                      {excerpt(asksWords(text))}
                    </span>
                    {text.expected ? (
                      <span className="truncate text-muted text-xs">{excerpt(text.expected)}</span>
                    ) : null}
                  </span>
                </Td>
                <Td>
                  <Badge tone={OUTCOMES[outcome].tone}>
                    {skipped ? 'Skipped' : OUTCOMES[outcome].label}
                  </Badge>
                </Td>
              </Tr>
            )
          })}
        </TBody>
      </Table>
      {rest > 0 ? <p className="text-muted text-sm">And {rest} more.</p> : null}
    </div>
  )
}
