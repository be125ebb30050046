'use client'

import { Plus, TestTubes } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import { preloadOnIntent } from '@/components/ui/preload'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink, Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import type { Dataset } from '@/lib/datasets/model'
import { casesWords, type DatasetSetting, datasetHref } from './dataset-words'

const CreateDatasetDialog = lazyOverlay(
  () => import('./create-dataset-dialog').then((module) => module.CreateDatasetDialog),
  { close: (props) => props.onClose() },
)

export type DatasetsPanelProps = { setting: DatasetSetting; datasets: readonly Dataset[] }

/** Every dataset of the organization, by name. */
export function DatasetsPanel({ setting, datasets }: DatasetsPanelProps) {
  const [creating, setCreating] = useState(false)
  const create = setting.mayWrite ? (
    <Button
      variant="primary"
      onClick={() => setCreating(true)}
      {...preloadOnIntent(CreateDatasetDialog.preload)}
    >
      <Plus aria-hidden />
      Create dataset
    </Button>
  ) : null
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {datasets.length === 0 ? (
        <EmptyState
          icon={<TestTubes />}
          title={setting.mayWrite ? 'Create your first dataset' : 'There is no dataset yet'}
          description="A dataset holds the questions that revisions of an agent are compared on, with the answers you expect. 20 to 200 of them tell most."
          actions={create}
        />
      ) : (
        <>
          <div className="flex justify-end empty:hidden">{create}</div>
          <DatasetTable setting={setting} datasets={datasets} />
        </>
      )}
      {creating ? (
        <CreateDatasetDialog tenant={setting.tenant} onClose={() => setCreating(false)} />
      ) : null}
    </div>
  )
}

function DatasetTable({ setting: { tenant, now }, datasets }: DatasetsPanelProps) {
  return (
    <Table label="Datasets">
      <THead className="max-sm:sr-only">
        <tr>
          <Th>Name</Th>
          <Th align="right" className="w-28">
            Cases
          </Th>
          <Th align="right" className="w-24">
            Version
          </Th>
          <Th className="w-60">Changed</Th>
        </tr>
      </THead>
      <TBody>
        {datasets.map((dataset) => (
          <Tr
            key={dataset.id}
            interactive
            className="max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:py-2.5"
          >
            <Td className={`${stacked} max-w-80 max-sm:col-span-2`}>
              <span className="flex min-w-0 flex-col sm:py-2">
                <RowLink
                  href={datasetHref(tenant, dataset.id)}
                  prefetch={false}
                  title={dataset.name}
                  className="truncate"
                >
                  {dataset.name}
                </RowLink>
                {dataset.description ? (
                  <span className="line-clamp-2 text-muted text-xs">{dataset.description}</span>
                ) : null}
              </span>
            </Td>
            <Td align="right" className={`${stacked} max-sm:text-left`}>
              <span className="sm:hidden">{casesWords(dataset.caseCount)}</span>
              <span className="max-sm:hidden">{dataset.caseCount.toLocaleString('en-US')}</span>
            </Td>
            <Td align="right" className="text-muted max-sm:hidden">
              v{dataset.version}
            </Td>
            <Td className={`${stacked} text-muted`}>
              <span className="block truncate">
                <RelativeTime at={dataset.modifiedAt} now={now} />
                <span className="max-sm:hidden"> by {dataset.modifiedBy}</span>
              </span>
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  )
}

const stacked = 'max-sm:h-auto max-sm:py-0.5 max-sm:pl-4'
