'use client'

import { ListChecks, Pencil, Plus, Trash2, Upload } from 'lucide-react'
import { useState, useTransition } from 'react'
import { loadCases, openCase } from '@/app/[tenant]/settings/evaluation-metrics/dataset-actions'
import { MoreRows } from '@/components/agents/more-rows'
import { attempt } from '@/components/settings/action-outcome'
import { useMorePages } from '@/components/settings/use-more-pages'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { notify } from '@/components/ui/notify'
import { preloadOnIntent } from '@/components/ui/preload'
import { RowMenu } from '@/components/ui/row-menu'
import type { Dataset, DatasetCase } from '@/lib/datasets/model'
import type { Page } from '@/lib/paging'
import { CaseSearch } from './case-search'
import { CaseTable } from './case-table'
import { type CaseRow, caseLabel, type DatasetSetting } from './dataset-words'

const CaseSheet = lazyOverlay(() => import('./case-sheet').then((module) => module.CaseSheet), {
  close: (props) => props.onClose(),
})
const DeleteCaseDialog = lazyOverlay(
  () => import('./delete-case-dialog').then((module) => module.DeleteCaseDialog),
  { close: (props) => props.onClose() },
)
const ImportSheet = lazyOverlay(
  () => import('./import-sheet').then((module) => module.ImportSheet),
  { close: (props) => props.onClose() },
)

export type CasesPanelProps = {
  setting: DatasetSetting
  dataset: Dataset
  search: string
  firstPage: Page<CaseRow>
}

type Open =
  | { what: 'new' }
  | { what: 'edit'; edited: DatasetCase }
  | { what: 'delete'; row: CaseRow }
  | { what: 'import' }

/** The cases of a dataset, and what can be done with them. */
export function CasesPanel({ setting, dataset, search, firstPage }: CasesPanelProps) {
  const { tenant, mayWrite } = setting
  const [open, setOpen] = useState<Open | null>(null)
  const [opening, startOpening] = useTransition()
  const more = useMorePages(firstPage, (pageToken) =>
    loadCases(tenant, { dataset: dataset.id, search, pageToken }),
  )
  const close = () => setOpen(null)
  const on = (row: CaseRow) => ({ dataset: dataset.id, case: row.id })
  function edit(row: CaseRow) {
    startOpening(async () => {
      const answer = await attempt(() => openCase(tenant, on(row)))
      if (answer.ok) setOpen({ what: 'edit', edited: answer.data })
      else notify.error('The case could not be opened', { description: answer.problem.message })
    })
  }
  const actions = mayWrite ? (
    <>
      <Button onClick={() => setOpen({ what: 'import' })} {...preloadOnIntent(ImportSheet.preload)}>
        <Upload aria-hidden />
        Import
      </Button>
      <Button
        variant="primary"
        onClick={() => setOpen({ what: 'new' })}
        {...preloadOnIntent(CaseSheet.preload)}
      >
        <Plus aria-hidden />
        Add case
      </Button>
    </>
  ) : null
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {dataset.caseCount === 0 ? (
        <EmptyState
          icon={<ListChecks />}
          title={mayWrite ? 'Add the first case' : 'There is no case yet'}
          description="One by one, or import a list: JSON, JSON lines, or a table as CSV."
          actions={actions}
        />
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <CaseSearch search={search} />
            <div className="flex flex-wrap gap-2 empty:hidden">{actions}</div>
          </div>
          <CaseTable
            rows={more.items}
            busy={opening}
            onOpen={edit}
            mayWrite={mayWrite}
            menu={(row) => (
              <RowMenu
                name={caseLabel(row)}
                actions={[
                  { label: 'Edit…', icon: <Pencil />, onSelect: () => edit(row) },
                  {
                    label: 'Delete…',
                    icon: <Trash2 />,
                    tone: 'danger',
                    onSelect: () => setOpen({ what: 'delete', row }),
                  },
                ]}
              />
            )}
          />
          <MoreRows
            noun={{ one: 'case', many: 'cases' }}
            total={firstPage.totalCount}
            more={more}
          />
        </>
      )}
      {open?.what === 'new' || open?.what === 'edit' ? (
        <CaseSheet
          tenant={tenant}
          datasetId={dataset.id}
          edited={open.what === 'edit' ? open.edited : null}
          parameterNames={firstPage.items[0]?.parameterNames ?? null}
          onClose={close}
        />
      ) : null}
      {open?.what === 'import' ? (
        <ImportSheet tenant={tenant} dataset={dataset} onClose={close} />
      ) : null}
      {open?.what === 'delete' ? (
        <DeleteCaseDialog tenant={tenant} datasetId={dataset.id} row={open.row} onClose={close} />
      ) : null}
    </div>
  )
}
