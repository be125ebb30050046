'use client'

import { ProblemNotice } from '@/components/settings/problem-notice'
import { useUnsavedGuard } from '@/components/settings/use-unsaved-guard'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { CheckboxField } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import { Textarea } from '@/components/ui/textarea'
import type { ReadProblem } from '@/lib/datasets/case-file'
import type { Dataset } from '@/lib/datasets/model'
import { casesWords } from './dataset-words'
import { DropArea } from './drop-area'
import { ImportPreview } from './import-preview'
import { useCaseImport } from './use-case-import'

export type ImportSheetProps = { tenant: string; dataset: Dataset; onClose: () => void }

const MODES = [
  { value: 'ADD', label: 'Add to the cases' },
  { value: 'REPLACE', label: 'Replace all cases' },
] as const

const EXAMPLE = `{"input": "Where is my parcel?", "expected": "Asks for the order number."}
{"parameters": {"topic": "Tea"}, "expected": "Five lines about tea."}`

/** Mount to open: reads a paste or a file, shows what it would do, then does it. */
export function ImportSheet({ tenant, dataset, onClose }: ImportSheetProps) {
  const form = useCaseImport({ tenant, dataset, onClose })
  const { text, read, plan, mode, save } = form
  const guard = useUnsavedGuard(text !== '' && !save.saving && !save.saved)
  const close = () => guard.ask(onClose)
  const removes = plan?.removed.length ?? 0
  return (
    <Sheet open>
      <SheetContent size="lg" onRequestClose={close}>
        <SheetHeader
          title="Import cases"
          description="Paste or drop a JSON list, JSON lines, or CSV. First you see what it would do."
        />
        <SheetBody className="flex flex-col gap-6">
          <DropArea onFile={form.takeFile}>
            <Field
              label="Cases"
              description="CSV names its columns in the first line: input, expected, name. Any other column is a parameter."
              error={form.complaint ?? undefined}
            >
              <Textarea
                mono
                rows={6}
                spellCheck={false}
                placeholder={EXAMPLE}
                value={text}
                onChange={({ target }) => form.write(target.value)}
              />
            </Field>
          </DropArea>
          {dataset.caseCount > 0 ? (
            <Field label="What becomes of them" group>
              <SegmentedControl options={MODES} value={mode} onValueChange={form.setMode} />
            </Field>
          ) : null}
          {read?.format === 'CSV' ? (
            <CheckboxField
              label="Numbers and true or false are values"
              description="Tick it where the agent’s parameters are numbers or yes or no; else every cell is a text."
              checked={form.typed}
              onCheckedChange={form.setTyped}
            />
          ) : null}
          <ImportVerdict form={form} />
          <ProblemNotice problem={save.problem} title="Nothing was imported" />
        </SheetBody>
        <SheetFooter>
          <Button onClick={close}>Cancel</Button>
          {form.ready ? (
            <Button
              variant={removes > 0 ? 'danger' : 'primary'}
              onClick={form.apply}
              loading={save.saving}
            >
              {mode === 'REPLACE'
                ? `Replace by ${casesWords(plan?.sent.length ?? 0)}`
                : `Add ${casesWords(plan?.sent.length ?? 0)}`}
            </Button>
          ) : null}
        </SheetFooter>
      </SheetContent>
      {guard.dialog}
    </Sheet>
  )
}

/** Why it cannot be done, or what it would do. */
function ImportVerdict({ form }: { form: ReturnType<typeof useCaseImport> }) {
  const { failure, read, plan, mode } = form
  if (failure) {
    return (
      <Callout tone="danger" title="The present cases could not be read" live>
        {failure}
      </Callout>
    )
  }
  if (read && read.problems.length > 0) return <Problems problems={read.problems} />
  if (!plan) return null
  return (
    <>
      {plan.obstacle ? (
        <Callout tone="danger" title="There is no room" live>
          {plan.obstacle}
        </Callout>
      ) : null}
      {plan.removed.length > 0 ? (
        <Callout tone="warning" title={`${casesWords(plan.removed.length)} will be deleted`}>
          They are not among what you import. Their text goes for good, with every answer that was
          given to them in evaluations.
        </Callout>
      ) : null}
      <ImportPreview mode={mode} plan={plan} />
    </>
  )
}

const PROBLEMS_SHOWN = 12

function Problems({ problems }: { problems: readonly ReadProblem[] }) {
  const rest = problems.length - PROBLEMS_SHOWN
  return (
    <Callout tone="danger" title="Nothing can be imported yet" live>
      <ul className="flex flex-col gap-1">
        {problems.slice(0, PROBLEMS_SHOWN).map(({ place, detail }) => (
          <li key={`${place} ${detail}`} className="[overflow-wrap:anywhere]">
            <span className="font-medium">{place}:</span> {detail}
          </li>
        ))}
        {rest > 0 ? <li>And {rest} more.</li> : null}
      </ul>
    </Callout>
  )
}
