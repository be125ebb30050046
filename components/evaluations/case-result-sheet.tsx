'use client'

import { amountText } from '@/components/charts/amount'
import { durationWords } from '@/components/execution/run-words'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import { TextLink } from '@/components/ui/text-link'
import {
  type CaseResult,
  type CaseScore,
  type CaseSide,
  type Evaluation,
  failureWords,
} from '@/lib/evaluations/model'
import { caseName, SIDE_STATE_WORDS } from './case-words'
import { ChangeBadge } from './change-badge'
import { scoreWords } from './evaluation-words'

export type CaseResultSheetProps = {
  tenant: string
  run: Evaluation
  result: CaseResult
  onClose: () => void
}

/** Mount to open: both answers side by side, and what the judge said of each. */
export function CaseResultSheet({ tenant, run, result, onClose }: CaseResultSheetProps) {
  const { candidate, baseline, change } = result
  const isKept = result.input !== null || result.parameters !== null
  const columns = baseline ? 'grid gap-6 md:grid-cols-2' : 'grid gap-6'
  const side = (one: CaseSide, revision: number, role: string) => (
    <Side tenant={tenant} run={run} side={one} title={`Revision ${revision}`} role={role} />
  )
  return (
    <Sheet open>
      <SheetContent size={baseline ? 'xl' : 'lg'} onRequestClose={onClose}>
        <SheetHeader
          title={caseName(result)}
          description={`Case ${result.position} of ${run.caseCount}`}
        >
          {change === null ? null : (
            <p className="mt-1 flex items-center gap-2 text-muted text-sm">
              <ChangeBadge change={change} />
              points against revision {run.baselineRevision}
            </p>
          )}
        </SheetHeader>
        <SheetBody className="flex flex-col gap-6">
          {isKept ? (
            <div className={columns}>
              <Asked result={result} />
              <Text title="Expected answer" text={result.expected} />
            </div>
          ) : (
            <Callout tone="info" title="Its texts are not kept any more">
              The case or its dataset was deleted, or they have reached their age. Scores stay.
            </Callout>
          )}
          <div className={columns}>
            {side(candidate, run.candidateRevision, 'Candidate')}
            {baseline && run.baselineRevision !== null
              ? side(baseline, run.baselineRevision, 'Baseline')
              : null}
          </div>
        </SheetBody>
        <SheetFooter>
          <Button onClick={onClose}>Close</Button>
        </SheetFooter>
      </SheetContent>
    </Sheet>
  )
}

function Asked({ result: { input, parameters } }: { result: CaseResult }) {
  if (parameters === null) return <Text title="Input" text={input} />
  return (
    <section className="flex min-w-0 flex-col gap-1.5">
      <h3 className="font-medium text-ink">Values</h3>
      <dl className="flex flex-col gap-1">
        {Object.entries(parameters).map(([name, value]) => (
          <div key={name} className="flex min-w-0 gap-2">
            <dt className="shrink-0 text-muted">
              <code>{name}</code>
            </dt>
            <dd className="min-w-0 text-ink [overflow-wrap:anywhere]">{String(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Text({ title, text }: { title: string; text: string | null }) {
  return (
    <section className="flex min-w-0 flex-col gap-1.5">
      <h3 className="font-medium text-ink">{title}</h3>
      <p className="whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
        {text ?? <span className="text-muted">None was given.</span>}
      </p>
    </section>
  )
}

type SideProps = { tenant: string; run: Evaluation; side: CaseSide; title: string; role: string }

function Side({ tenant, run, side, title, role }: SideProps) {
  const names = new Map(run.metrics.map((metric) => [metric.metricId, metric]))
  return (
    <section
      aria-label={title}
      className="flex min-w-0 flex-col gap-4 rounded-lg border border-subtle p-4"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-medium text-ink">
          {title} <span className="font-normal text-muted">{role}</span>
        </h3>
        <span className="font-semibold text-ink text-lg tabular-nums">
          {side.overall === null ? SIDE_STATE_WORDS[side.state].label : scoreWords(side.overall)}
        </span>
      </div>
      {side.errorCode ? (
        <Callout tone="danger" title="It failed">
          {failureWords(side.errorCode)}
        </Callout>
      ) : null}
      {side.answer === null ? null : (
        <p className="max-h-80 overflow-y-auto whitespace-pre-wrap rounded-md bg-inset p-3 text-ink [overflow-wrap:anywhere]">
          {side.answer}
        </p>
      )}
      <SideFacts tenant={tenant} run={run} side={side} />
      <ul className="flex flex-col gap-3 empty:hidden">
        {side.scores.map((score) => (
          <Score
            key={score.metricId}
            score={score}
            name={names.get(score.metricId)?.name ?? 'Metric'}
            highest={names.get(score.metricId)?.levels.at(-1)?.score ?? null}
          />
        ))}
      </ul>
    </section>
  )
}

function SideFacts({ tenant, run, side }: Pick<SideProps, 'tenant' | 'run' | 'side'>) {
  if (side.durationMs === null) return null
  const cost = side.cost === null ? 'unpriced' : amountText('usd', side.cost)
  return (
    <p className="text-muted text-xs tabular-nums">
      {durationWords(side.durationMs)}, {cost}
      {side.executionId === null ? null : (
        <>
          {' · '}
          <TextLink
            href={`/${tenant}/settings/agents/${run.agentId}?tab=runs&run=${side.executionId}`}
          >
            Its run
          </TextLink>
        </>
      )}
    </p>
  )
}

type ScoreProps = { score: CaseScore; name: string; highest: number | null }

function Score({
  score: { score, levelLabel, passed, reason, errorCode },
  name,
  highest,
}: ScoreProps) {
  return (
    <li className="flex flex-col gap-1 border-subtle border-t pt-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="font-medium text-ink">{name}</span>
        {score === null ? (
          <Badge tone="warning">Not scored</Badge>
        ) : (
          <span className="flex items-center gap-2">
            <span className="text-ink tabular-nums">
              {score}
              {highest === null ? null : <span className="text-muted"> of {highest}</span>}
            </span>
            <Badge tone={passed ? 'success' : 'danger'}>
              {levelLabel ?? (passed ? 'Passes' : 'Fails')}
              <span className="sr-only">{passed ? ', passes' : ', fails'}</span>
            </Badge>
          </span>
        )}
      </div>
      <p className="whitespace-pre-line text-muted [overflow-wrap:anywhere]">
        {errorCode ? failureWords(errorCode) : (reason ?? '')}
      </p>
    </li>
  )
}
