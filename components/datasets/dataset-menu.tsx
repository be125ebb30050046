'use client'

import { Download, Pencil, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import {
  dropDataset,
  renameDataset,
} from '@/app/[tenant]/settings/evaluation-metrics/dataset-actions'
import { ActDialog } from '@/components/settings/act-dialog'
import { buttonStyles } from '@/components/ui/button-styles'
import { notify } from '@/components/ui/notify'
import { RowMenu } from '@/components/ui/row-menu'
import type { Dataset } from '@/lib/datasets/model'
import { DatasetForm } from './dataset-form'
import { casesWords, type DatasetSetting, datasetHref } from './dataset-words'

export type DatasetMenuProps = { dataset: Dataset; setting: DatasetSetting }

/** What is done with a dataset as a whole. */
export function DatasetMenu({ dataset, setting }: DatasetMenuProps) {
  const router = useRouter()
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  const { tenant, mayWrite } = setting
  const close = () => setOpen(null)
  return (
    <>
      {dataset.caseCount > 0 ? (
        <a href={`${datasetHref(tenant, dataset.id)}/export`} download className={buttonStyles({})}>
          <Download aria-hidden />
          Export
        </a>
      ) : null}
      <RowMenu
        name={dataset.name}
        actions={
          mayWrite
            ? [
                { label: 'Rename…', icon: <Pencil />, onSelect: () => setOpen('rename') },
                {
                  label: 'Delete…',
                  icon: <Trash2 />,
                  tone: 'danger',
                  onSelect: () => setOpen('delete'),
                },
              ]
            : []
        }
      />
      {open === 'rename' ? (
        <DatasetForm
          title="Rename dataset"
          description="Its cases, and with them its version, stay as they are."
          initial={{ name: dataset.name, description: dataset.description }}
          submitLabel="Save"
          problemTitle="The dataset was not changed"
          save={(named) => renameDataset(tenant, { dataset: dataset.id, ...named })}
          onSaved={() => {
            notify.success('Saved')
            close()
            router.refresh()
          }}
          onClose={close}
        />
      ) : null}
      <ActDialog
        open={open === 'delete'}
        onClose={close}
        onDone={() => {
          notify.success(`${dataset.name} deleted`)
          router.push(`/${tenant}/settings/evaluation-metrics?tab=datasets`)
        }}
        act={() => dropDataset(tenant, { dataset: dataset.id })}
        title={`Delete ${dataset.name}?`}
        description={
          <p>
            Its {casesWords(dataset.caseCount)} are deleted for good, with every answer that was
            given to them in evaluations. Scores stay. This cannot be undone.
          </p>
        }
        confirmLabel="Delete dataset"
        tone="danger"
        phrase={dataset.caseCount > 0 ? dataset.name : undefined}
        problemTitle="The dataset was not deleted"
      />
    </>
  )
}
