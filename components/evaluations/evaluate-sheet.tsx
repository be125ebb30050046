'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { startEvaluation } from '@/app/[tenant]/settings/agents/evaluation-actions'
import { JudgeFields } from '@/components/evaluation-metrics/judge-fields'
import { errorAt } from '@/components/settings/action-outcome'
import { FormSheet } from '@/components/settings/form-sheet'
import { useSave } from '@/components/settings/use-save'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { NativeSelect } from '@/components/ui/native-select'
import { notify } from '@/components/ui/notify'
import { TextLink } from '@/components/ui/text-link'
import { callsOf, type EvaluationDraft, type EvaluationOffer, firstDraft } from './evaluate-draft'
import { evaluationHref } from './evaluation-words'

export type EvaluateSheetProps = { tenant: string; offer: EvaluationOffer; onClose: () => void }

/** Mount to open. */
export function EvaluateSheet({ tenant, offer, onClose }: EvaluateSheetProps) {
  const router = useRouter()
  const save = useSave()
  const [draft, setDraft] = useState(() => firstDraft(offer))
  const metricsHref = `/${tenant}/settings/evaluation-metrics`
  const missing = missingOf(offer, metricsHref)
  function change(part: Partial<EvaluationDraft>) {
    save.touch()
    setDraft({ ...draft, ...part })
  }
  function submit() {
    const { datasetId, candidate, baseline, judge } = draft
    const agent = offer.agentId
    const wish = { datasetId, candidateRevision: candidate, baselineRevision: baseline, judge }
    save.run(
      () => startEvaluation(tenant, { agent, ...wish }),
      ({ id }) => {
        notify.success('Evaluation started')
        router.push(evaluationHref(tenant, agent, id))
        onClose()
      },
    )
  }
  return (
    <FormSheet
      title="Evaluate"
      description="Runs every case of a dataset, and has a judge score the answers by the metrics of the agent."
      dirty={false}
      save={save}
      problemTitle="It was not started"
      placed={false}
      submitLabel={missing ? null : 'Start evaluation'}
      onSubmit={submit}
      onClose={onClose}
    >
      {missing ?? (
        <>
          <Unfit problem={save.problem} />
          <Field label="Dataset" error={errorAt(save.problem, '/datasetId')}>
            <NativeSelect
              name="datasetId"
              value={draft.datasetId}
              onChange={({ target }) => change({ datasetId: target.value })}
            >
              {offer.datasets.map(({ id, name, caseCount }) => (
                <option key={id} value={id}>
                  {name} ({caseCount})
                </option>
              ))}
            </NativeSelect>
          </Field>
          <div className="grid gap-5 sm:grid-cols-2">
            <Field
              label="Candidate"
              description="The revision that is asked about."
              error={errorAt(save.problem, '/candidateRevision')}
            >
              <NativeSelect
                name="candidateRevision"
                value={draft.candidate}
                onChange={({ target }) => change({ candidate: Number(target.value) })}
              >
                <RevisionOptions offer={offer} />
              </NativeSelect>
            </Field>
            <Field
              label="Baseline"
              description="What it is compared with."
              error={errorAt(save.problem, '/baselineRevision')}
            >
              <NativeSelect
                name="baselineRevision"
                value={draft.baseline ?? ''}
                onChange={({ target }) =>
                  change({ baseline: target.value ? Number(target.value) : null })
                }
              >
                <option value="">None</option>
                <RevisionOptions offer={offer} />
              </NativeSelect>
            </Field>
          </div>
          <JudgeFields
            choices={offer.judges}
            providersHref={offer.providersHref}
            value={draft.judge}
            onChange={(judge) => change({ judge })}
            problem={save.problem}
          />
          <CallsNote offer={offer} draft={draft} />
        </>
      )}
    </FormSheet>
  )
}

/** What has to be there first; null where nothing is missing. */
function missingOf(
  { datasets, judgedMetrics, latestRevision }: EvaluationOffer,
  metricsHref: string,
) {
  if (latestRevision === 0) {
    return (
      <Callout tone="info" title="There is no revision yet">
        Make one on the tab Revisions: it is what is evaluated.
      </Callout>
    )
  }
  if (datasets.length === 0) {
    return (
      <Callout tone="info" title="There is no dataset with cases yet">
        <TextLink href={`${metricsHref}?tab=datasets`}>Make one</TextLink>, or add cases to it: 20
        to 200 tell most.
      </Callout>
    )
  }
  if (judgedMetrics > 0) return null
  return (
    <Callout tone="info" title="The agent has no metric that a judge scores">
      <TextLink href={`${metricsHref}?tab=agents`}>Choose its metrics</TextLink>, such as
      correctness.
    </Callout>
  )
}

function RevisionOptions({
  offer: { latestRevision, deployedRevision },
}: {
  offer: EvaluationOffer
}) {
  return Array.from({ length: latestRevision }, (_, index) => latestRevision - index).map(
    (number) => (
      <option key={number} value={number}>
        Revision {number}
        {number === deployedRevision ? ' (deployed)' : ''}
      </option>
    ),
  )
}

/** Cases that do not fit a revision, one by one. */
function Unfit({ problem }: { problem: ReturnType<typeof useSave>['problem'] }) {
  if (!problem || problem.errors.length < 2) return null
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {problem.errors.map(({ detail }) => (
        <li key={detail} className="[overflow-wrap:anywhere]">
          {detail}
        </li>
      ))}
    </ul>
  )
}

/** What it will come to, before it is paid for. */
function CallsNote({ offer, draft }: { offer: EvaluationOffer; draft: EvaluationDraft }) {
  const { runs, judgements } = callsOf(offer, draft)
  const amount = (count: number, one: string) =>
    `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`
  return (
    <p className="rounded-lg border border-subtle bg-canvas px-4 py-3 text-muted text-sm">
      <span className="font-medium text-ink tabular-nums">
        {amount(runs, 'run')} of the agent and {amount(judgements, 'judgement')}.
      </span>{' '}
      {draft.judge
        ? 'Both count in usage as a test, and in budgets. The provider reads the answers.'
        : 'Runs count in usage as a test, and in budgets. The local judge compares words, calls no model and costs nothing.'}
    </p>
  )
}
