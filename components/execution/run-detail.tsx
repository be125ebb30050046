import type { Viewer } from '@/components/agents/agent-words'
import { amountText, exactAmount } from '@/components/charts/amount'
import { SectionCard } from '@/components/settings/section-card'
import { BackLink } from '@/components/ui/back-link'
import { Callout } from '@/components/ui/callout'
import { CopyButton } from '@/components/ui/copy-button'
import { DescriptionList } from '@/components/ui/description-list'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import { TextLink } from '@/components/ui/text-link'
import type { Execution } from '@/lib/execution/model'
import {
  costOf,
  durationWords,
  failureWords,
  finishWords,
  STATUS_WORDS,
  tokenSums,
} from './run-words'
import { StartedBy } from './started-by'

export type RunDetailProps = { run: Execution; viewer: Viewer }

/** One run: who started it, on what it ran, and what it used. */
export function RunDetail({ run, viewer }: RunDetailProps) {
  const base = `/${viewer.tenant}/settings/agents/${run.agentId}`
  const failure = failureWords(run)
  return (
    <div className="flex max-w-form flex-col gap-4">
      <BackLink href={`${base}?tab=runs`}>All runs</BackLink>
      {failure ? (
        <Callout tone="danger" title="The run failed">
          {failure}
        </Callout>
      ) : null}
      {run.modelOrigin === 'LOCAL' ? <LocalNotice /> : null}
      <SectionCard
        title="Run"
        description="What went in and what came out is not kept: the answer went to who asked."
      >
        <DescriptionList items={factsOf(run, viewer, base)} />
      </SectionCard>
    </div>
  )
}

/** Nobody takes such an answer for a model's. */
export function LocalNotice() {
  return (
    <Callout tone="info" title="Answered by the local provider">
      It calls no model: it repeats what it was told, to try things out before a model is paid for.
    </Callout>
  )
}

function factsOf(run: Execution, viewer: Viewer, base: string) {
  const { label, tone } = STATUS_WORDS[run.status]
  const id = (text: string, name: string) => (
    <span className="flex items-center gap-1.5">
      <code className="break-all text-xs">{text}</code>
      <CopyButton value={text} label={`Copy ${name}`} className="-my-1" />
    </span>
  )
  return [
    { term: 'Status', detail: <StatusDot tone={tone}>{label}</StatusDot> },
    { term: 'Started by', detail: <StartedBy starter={run.startedBy} viewer={viewer} /> },
    { term: 'Started', detail: <AbsoluteTime at={run.startedAt} /> },
    ...(run.durationMs === null ? [] : [{ term: 'Took', detail: durationWords(run.durationMs) }]),
    {
      term: 'Revision',
      detail: (
        <TextLink href={`${base}?tab=revisions&revision=${run.revision}`}>
          Revision {run.revision}
        </TextLink>
      ),
    },
    { term: 'Origin', detail: run.origin === 'TEST' ? 'Test' : 'Production' },
    { term: 'Model', detail: `${run.provider} / ${run.model}` },
    ...usedOf(run),
    ...(run.finishReason === null
      ? []
      : [{ term: 'Ended because', detail: finishWords(run.finishReason) }]),
    ...(run.deliveryId === null
      ? []
      : [
          {
            term: 'Delivery',
            detail: (
              <TextLink href={`/${viewer.tenant}/settings/inbound/deliveries/${run.deliveryId}`}>
                {run.deliveryId}
              </TextLink>
            ),
          },
        ]),
    { term: 'Session', detail: id(run.sessionId, 'session') },
    ...(run.chatUserId === null ? [] : [{ term: 'Chat user', detail: run.chatUserId }]),
    { term: 'Run id', detail: id(run.id, 'run id') },
    { term: 'Request id', detail: id(run.requestId, 'request id') },
  ]
}

function usedOf(run: Execution) {
  if (run.status === 'RUNNING') return []
  const { input, output } = tokenSums(run.tokens)
  const { cacheRead, reasoning } = run.tokens
  const cost = costOf(run)
  const words = run.modelOrigin === 'LOCAL' ? 'words' : 'tokens'
  const part = (count: number, what: string) =>
    count > 0 ? `, ${amountText('tokens', count)} ${what}` : ''
  return [
    {
      term: 'Input',
      detail: `${amountText('tokens', input)} ${words}${part(cacheRead, 'from a cache')}`,
    },
    {
      term: 'Output',
      detail: `${amountText('tokens', output)} ${words}${part(reasoning, 'of reasoning')}`,
    },
    {
      term: 'Cost',
      detail:
        words === 'words'
          ? '$0.00: no model was called.'
          : cost
            ? `${exactAmount('usd', cost.input + cost.output)} (input ${exactAmount('usd', cost.input)}, output ${exactAmount('usd', cost.output)})`
            : 'Unknown: the model has no price.',
    },
  ]
}
