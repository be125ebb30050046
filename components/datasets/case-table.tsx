import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { type CaseRow, caseLabel } from './dataset-words'

export type CaseTableProps = {
  rows: readonly CaseRow[]
  mayWrite: boolean
  /** One of them is on its way. */
  busy: boolean
  onOpen: (row: CaseRow) => void
  menu: (row: CaseRow) => ReactNode
}

/** Cases in their order, as much of each as fits two lines. */
export function CaseTable({ rows, mayWrite, busy, onOpen, menu }: CaseTableProps) {
  return (
    <Table label="Cases" aria-busy={busy}>
      <THead className="max-sm:sr-only">
        <tr>
          <Th align="right" className="w-12">
            #
          </Th>
          <Th className="w-52">Name</Th>
          <Th>Asked</Th>
          <Th>Expected answer</Th>
          {mayWrite ? (
            <Th className="w-12">
              <span className="sr-only">Actions</span>
            </Th>
          ) : null}
        </tr>
      </THead>
      <TBody>
        {rows.map((row) => (
          <Tr key={row.id} className="max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:py-2.5">
            <Td align="right" className="text-faint tabular-nums max-sm:hidden">
              {row.position}
            </Td>
            <Td className={`${stacked} max-w-52`}>
              {mayWrite ? (
                <button
                  type="button"
                  onClick={() => onOpen(row)}
                  className="max-w-full truncate rounded-xs text-left font-medium text-ink underline-offset-4 hover:underline"
                >
                  {caseLabel(row)}
                </button>
              ) : (
                <span className="block truncate font-medium text-ink">{caseLabel(row)}</span>
              )}
            </Td>
            {mayWrite ? <Td className="max-sm:h-auto max-sm:py-0 sm:hidden">{menu(row)}</Td> : null}
            <Td className={`${stacked} max-w-96 max-sm:col-span-2`}>
              <span className="line-clamp-2 [overflow-wrap:anywhere] sm:my-2">{row.asks}</span>
            </Td>
            <Td className={`${stacked} max-w-80 text-muted max-sm:col-span-2`}>
              <span className="line-clamp-2 [overflow-wrap:anywhere] sm:my-2">
                {row.expected ?? '–'}
              </span>
            </Td>
            {mayWrite ? <Td className="max-sm:hidden">{menu(row)}</Td> : null}
          </Tr>
        ))}
        {rows.length === 0 ? (
          <tr>
            <td colSpan={mayWrite ? 5 : 4}>
              <EmptyState
                framed={false}
                icon={<SearchX />}
                title="No case has these words"
                description="Names, inputs, values and expected answers are searched."
              />
            </td>
          </tr>
        ) : null}
      </TBody>
    </Table>
  )
}

const stacked = 'max-sm:h-auto max-sm:py-0.5 max-sm:pl-4'
