import { diffLines } from 'diff'
import { SectionCard } from '@/components/settings/section-card'
import { cn } from '@/components/ui/class-names'
import { DescriptionList } from '@/components/ui/description-list'
import { ScrollRegion } from '@/components/ui/scroll-region'
import type { AgentSummary, Revision } from '@/lib/agents/model'
import type { Viewer } from './agent-words'
import { MadeBy } from './made-by'
import { revisionFacts } from './revision-facts'
import { BackToRevisions } from './revision-view'

export type RevisionComparisonProps = {
  agent: AgentSummary
  older: Revision
  newer: Revision
  viewer: Viewer
}

/** What the newer of two revisions changed. */
export function RevisionComparison({ agent, older, newer, viewer }: RevisionComparisonProps) {
  const [before, after] = [revisionFacts(older.definition), revisionFacts(newer.definition)]
  const changed = after.filter(({ text }, index) => text !== before[index]?.text)
  const sameText = older.definition.instructions === newer.definition.instructions
  return (
    <div className="flex flex-col gap-4">
      <BackToRevisions href={`/${viewer.tenant}/settings/agents/${agent.id}?tab=revisions`} />
      <SectionCard
        title={`Revision ${older.number} → ${newer.number}`}
        description={newer.comment || undefined}
      >
        <DescriptionList
          items={[
            ...changed.map(({ term, text }) => ({
              term,
              detail: (
                <span className="flex flex-col gap-0.5 whitespace-pre-line">
                  <del className="text-danger-text">
                    {before.find((fact) => fact.term === term)?.text}
                  </del>
                  <ins className="text-success-text no-underline">{text}</ins>
                </span>
              ),
            })),
            {
              term: 'Unchanged',
              detail:
                [
                  ...(sameText ? ['Instructions'] : []),
                  ...after.filter((fact) => !changed.includes(fact)).map(({ term }) => term),
                ]
                  .map((term, index) => (index === 0 ? term : term.toLowerCase()))
                  .join(', ') || 'Nothing',
            },
            {
              term: `Revision ${newer.number} by`,
              detail: <MadeBy maker={newer.createdBy} viewer={viewer} />,
            },
          ]}
        />
      </SectionCard>
      {sameText ? null : <InstructionsDiff older={older} newer={newer} />}
    </div>
  )
}

const LOOKS = {
  added: { sign: '+', line: 'bg-success-soft text-success-text', word: 'added: ' },
  removed: { sign: '−', line: 'bg-danger-soft text-danger-text', word: 'removed: ' },
  same: { sign: ' ', line: 'text-muted', word: '' },
}

function InstructionsDiff({ older, newer }: Pick<RevisionComparisonProps, 'older' | 'newer'>) {
  const lines = diffLines(
    withLineEnd(older.definition.instructions),
    withLineEnd(newer.definition.instructions),
  ).flatMap(({ value, added, removed }) => {
    const look = LOOKS[added ? 'added' : removed ? 'removed' : 'same']
    return value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ text, look }))
  })
  return (
    <SectionCard title="Instructions" flush>
      <ScrollRegion label="What changed in the instructions">
        <ol className="py-2 font-mono text-xs leading-5">
          {lines.map(({ text, look }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines may repeat, and never move
            <li key={index} className={cn('flex gap-3 px-5', look.line)}>
              <span aria-hidden className="w-2 shrink-0 select-none whitespace-pre">
                {look.sign}
              </span>
              <span className="sr-only">{look.word}</span>
              <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</span>
            </li>
          ))}
        </ol>
      </ScrollRegion>
    </SectionCard>
  )
}

/** A last line without an end would differ from the same line with one. */
function withLineEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}
