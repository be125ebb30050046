'use client'

import { useRouter } from 'next/navigation'
import { type ChangeEvent, useState } from 'react'
import { takeFile } from '@/app/[tenant]/settings/evaluation-metrics/metric-actions'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { notify } from '@/components/ui/notify'
import { Sheet, SheetBody, SheetContent, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import type { Imported } from '@/lib/evaluation-metrics/transfer'
import { ImportPlan } from './import-plan'
import { countsOf, type ReadFile, readMetricFile } from './metric-file'

export type ImportSheetProps = { tenant: string; onClose: () => void }

/** Mount to open: reads a file, shows what it would do, then does it. */
export function ImportSheet({ tenant, onClose }: ImportSheetProps) {
  const router = useRouter()
  const save = useSave()
  const [file, setFile] = useState<ReadFile | null>(null)
  const [plan, setPlan] = useState<Imported | null>(null)
  const counts = countsOf(plan?.metrics ?? [])
  const content = file?.ok ? file.content : null

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const chosen = event.target.files?.[0]
    save.touch()
    setPlan(null)
    if (!chosen) return setFile(null)
    const read = await readMetricFile(chosen)
    setFile(read)
    if (read.ok) {
      save.run(() => takeFile(tenant, { ...read.content, validateOnly: true }), setPlan)
    }
  }
  function apply() {
    if (!content || save.saving) return
    save.run(
      () => takeFile(tenant, content),
      ({ metrics }) => {
        const { created, changed } = countsOf(metrics)
        notify.success(`${created} created, ${changed} changed`)
        router.refresh()
        onClose()
      },
    )
  }
  return (
    <Sheet open>
      <SheetContent size="lg" onRequestClose={onClose}>
        <SheetHeader
          title="Import metrics"
          description="From a file that was exported here or in another organization. First you see what it would do."
        />
        <SheetBody className="flex flex-col gap-6">
          <Field
            label="File"
            description="JSON, 200 metrics and 900 KB at most."
            error={file && !file.ok ? file.complaint : undefined}
          >
            <Input
              type="file"
              accept="application/json,.json"
              onChange={choose}
              className="h-auto py-1.5 file:mr-3 file:rounded-sm file:bg-neutral-soft file:px-2 file:py-0.5 file:font-medium touch:py-2"
            />
          </Field>
          <ProblemNotice problem={save.problem} title="The file cannot be imported" />
          {save.problem && save.problem.errors.length > 1 ? (
            <ul className="flex flex-col gap-1 text-sm">
              {save.problem.errors.slice(0, 10).map(({ pointer, detail }) => (
                <li key={`${pointer} ${detail}`}>
                  <code className="text-muted text-xs">{pointer}</code> {detail}
                </li>
              ))}
            </ul>
          ) : null}
          {plan ? (
            <>
              <ImportPlan planned={plan.metrics} />
              {counts.created + counts.changed === 0 ? (
                <Callout tone="info" title="Nothing to do" live>
                  Everything in the file is here already, or stays as it is.
                </Callout>
              ) : null}
            </>
          ) : null}
        </SheetBody>
        <SheetFooter>
          <Button onClick={onClose}>Cancel</Button>
          {counts.created + counts.changed > 0 ? (
            <Button variant="primary" onClick={apply} loading={save.saving}>
              Import {counts.created + counts.changed}
            </Button>
          ) : null}
        </SheetFooter>
      </SheetContent>
    </Sheet>
  )
}
