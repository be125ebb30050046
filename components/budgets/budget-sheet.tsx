'use client'

import { FormSheet } from '@/components/settings/form-sheet'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { RadioCards } from '@/components/ui/radio-cards'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { type BudgetDraft, effectOf } from './budget-draft'
import { budgetName, ORIGIN_LABELS } from './budget-words'
import { SubjectField } from './subject-field'
import { ThresholdField } from './threshold-field'
import { type BudgetFormSetting, useBudgetForm } from './use-budget-form'

const TITLES = {
  ORGANIZATION: 'Set the organization’s budget',
  AGENT: 'Add an agent budget',
  TOKEN: 'Add a token budget',
}

const ORIGINS = (['PRODUCTION', 'TEST'] as const).map((value) => ({
  value,
  label: ORIGIN_LABELS[value],
}))

/** Mount to open. Makes a budget, or changes the one that is given. */
export function BudgetSheet(props: BudgetFormSetting) {
  const { kind, budget, names, onClose } = props
  const form = useBudgetForm(props)
  const { draft, change, errors } = form
  return (
    <FormSheet
      title={budget ? `Edit the budget of ${budgetName(budget, names)}` : TITLES[kind]}
      description="It counts what model calls cost in a calendar month, in UTC, and begins anew on the first."
      dirty={form.dirty && !form.saving}
      save={form}
      problemTitle="The budget was not saved"
      placed={false}
      submitLabel="Save budget"
      onSubmit={form.submit}
      onClose={onClose}
    >
      {budget || kind === 'ORGANIZATION' ? null : (
        <SubjectField
          kind={kind}
          subjects={form.subjects}
          value={draft.subjectId}
          onChange={(subjectId) => change({ subjectId })}
          error={errors.subject}
        />
      )}
      {budget ? null : (
        <Field label="Counts calls of" group>
          <SegmentedControl
            options={ORIGINS}
            value={draft.origin}
            onValueChange={(origin) => change({ origin })}
          />
        </Field>
      )}
      {form.replaces ? (
        <Callout tone="info" title="There is a budget already">
          Saving changes it.
        </Callout>
      ) : null}
      <Field label="Amount a month" error={errors.amount} required>
        <Input
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          prefix="$"
          value={draft.amount}
          onChange={(event) => change({ amount: event.target.value })}
        />
      </Field>
      <ThresholdField
        value={draft.thresholds}
        onChange={(thresholds) => change({ thresholds })}
        error={errors.thresholds}
      />
      <EnforceField enforce={draft.enforce} onChange={(enforce) => change({ enforce })} />
      <Effect draft={draft} cost={form.cost} />
    </FormSheet>
  )
}

type EnforceFieldProps = { enforce: boolean; onChange: (enforce: boolean) => void }

function EnforceField({ enforce, onChange }: EnforceFieldProps) {
  return (
    <Field
      label="Once all of it is spent"
      group
      description="What runtimes report is counted in any case: what was spent is never hidden."
    >
      <RadioCards
        columns={1}
        value={enforce ? 'enforce' : 'tell'}
        onValueChange={(value) => onChange(value === 'enforce')}
        options={[
          { value: 'tell', title: 'Only tell', tagline: 'People are told. Runs go on.' },
          {
            value: 'enforce',
            title: 'Tell runs to stop',
            tagline:
              'Runtimes that ask before a run (budgets:check) are told to stop until the month ends. Those that do not ask are not held back.',
          },
        ]}
      />
    </Field>
  )
}

function Effect({ draft, cost }: { draft: BudgetDraft; cost: bigint | null }) {
  const effect = cost === null ? null : effectOf(draft, cost)
  if (!effect) return null
  return (
    <Callout tone={effect.alarming ? 'warning' : 'info'} title="At today’s spend" live>
      {effect.text}
    </Callout>
  )
}
