'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { changeCase, putIn } from '@/app/[tenant]/settings/evaluation-metrics/dataset-actions'
import { errorAt } from '@/components/settings/action-outcome'
import { FormSheet } from '@/components/settings/form-sheet'
import { useSave } from '@/components/settings/use-save'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { notify } from '@/components/ui/notify'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Textarea } from '@/components/ui/textarea'
import type { DatasetCase } from '@/lib/datasets/model'
import { type CaseDraft, complaintsOf, draftOf, newDraft, wishOf } from './case-draft'
import { caseLabel } from './dataset-words'
import { ValueFields } from './value-fields'

export type CaseSheetProps = {
  tenant: string
  datasetId: string
  /** The one that is changed; null for a new one. */
  edited: DatasetCase | null
  /** What other cases give, for a new one; null where they are asked a text. */
  parameterNames: readonly string[] | null
  onClose: () => void
}

const ASKS = [
  { value: 'TEXT', label: 'A text' },
  { value: 'VALUES', label: 'Values of parameters' },
] as const

/** Mount to open. */
export function CaseSheet(props: CaseSheetProps) {
  const { edited } = props
  const { draft, change, save, submit, dirty, errorOf, placed } = useCaseForm(props)
  return (
    <FormSheet
      title={edited ? `Edit ${caseLabel(edited)}` : 'Add a case'}
      description="What the agent is asked, and the answer you would like."
      size="lg"
      dirty={dirty && !save.saving && !save.saved}
      save={save}
      problemTitle="The case was not saved"
      placed={placed}
      submitLabel={edited ? 'Save' : 'Add case'}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Field label="The agent is asked" group>
        <SegmentedControl
          options={ASKS}
          value={draft.asks}
          onValueChange={(asks) => change({ asks })}
        />
      </Field>
      {draft.asks === 'TEXT' ? (
        <Field label="Input" error={errorOf('/input')}>
          <Textarea
            name="input"
            rows={5}
            placeholder="My parcel has not arrived. Where is it?"
            value={draft.input}
            onChange={({ target }) => change({ input: target.value })}
          />
        </Field>
      ) : (
        <ValueFields
          values={draft.values}
          onChange={(values) => change({ values })}
          error={errorOf('/parameters')}
          errorOf={({ key, name }, part) =>
            errorOf(`/values/${key}/${part}`) ??
            (part === 'name' ? errorOf(`/parameters/${name.trim()}`) : undefined)
          }
        />
      )}
      <Field
        label="Expected answer"
        optional
        description="What the judge compares with. It need not be word for word."
        error={errorOf('/expected')}
      >
        <Textarea
          name="expected"
          rows={5}
          value={draft.expected}
          onChange={({ target }) => change({ expected: target.value })}
        />
      </Field>
      <Field
        label="Name"
        optional
        description="To find it by, such as Refund after 30 days."
        error={errorOf('/name')}
      >
        <Input
          name="name"
          autoComplete="off"
          value={draft.name}
          onChange={({ target }) => change({ name: target.value })}
        />
      </Field>
    </FormSheet>
  )
}

function useCaseForm({ tenant, datasetId, edited, parameterNames, onClose }: CaseSheetProps) {
  const router = useRouter()
  const [initial] = useState(() => (edited ? draftOf(edited) : newDraft(parameterNames)))
  const [draft, setDraft] = useState(initial)
  const [checked, setChecked] = useState(false)
  const save = useSave()
  const complaints = checked ? complaintsOf(draft) : []
  const prefix = edited ? '/change' : '/cases/0'
  const errorOf = (pointer: string) =>
    complaints.find((one) => one.pointer === pointer)?.detail ??
    errorAt(save.problem, `${prefix}${pointer}`)

  function submit() {
    setChecked(true)
    if (complaintsOf(draft).length > 0) return
    const wish = wishOf(draft)
    const done = () => {
      notify.success(edited ? 'Case saved' : 'Case added')
      router.refresh()
      onClose()
    }
    if (edited) {
      const change = { dataset: datasetId, case: edited.id, change: wish }
      save.run(() => changeCase(tenant, change), done)
    } else save.run(() => putIn(tenant, { dataset: datasetId, cases: [wish] }), done)
  }
  return {
    draft,
    save,
    submit,
    errorOf,
    dirty: draft !== initial,
    /** Every complaint stands at its field. */
    placed: save.problem?.errors.some(({ pointer }) => pointer.startsWith(prefix)) ?? false,
    change(part: Partial<CaseDraft>) {
      save.touch()
      setDraft({ ...draft, ...part })
    },
  }
}
