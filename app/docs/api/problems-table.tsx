import { PROBLEMS } from '@/app/v1/_api/problem-catalogue'
import { Badge } from '@/components/ui/badge'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { InlineText } from './inline-text'

export function ProblemsTable() {
  return (
    <section
      id="problems"
      aria-labelledby="problems-title"
      className="flex min-w-0 scroll-mt-4 flex-col gap-3"
    >
      <h2 id="problems-title" className="font-semibold text-lg">
        Problems
      </h2>
      <Table label="Codes of problems">
        <THead>
          <Tr>
            <Th>Code</Th>
            <Th>Status</Th>
            <Th>Meaning</Th>
          </Tr>
        </THead>
        <TBody>
          {Object.entries(PROBLEMS).map(([code, entry]) => (
            <Tr key={code} id={`problem-${code}`}>
              <Td>
                <code className="text-xs">{code}</code>
              </Td>
              <Td>
                <Badge mono outline>
                  {entry.status}
                </Badge>
              </Td>
              <Td className="min-w-72">
                <span className="font-medium">{entry.title}.</span>{' '}
                <span className="text-muted">
                  <InlineText text={entry.meaning} />
                </span>
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
    </section>
  )
}
