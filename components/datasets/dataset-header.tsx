import type { ReactNode } from 'react'
import { BackLink } from '@/components/ui/back-link'
import { DescriptionList } from '@/components/ui/description-list'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Dataset } from '@/lib/datasets/model'
import type { DatasetSetting } from './dataset-words'

export type DatasetHeaderProps = { dataset: Dataset; setting: DatasetSetting; actions: ReactNode }

/** Which dataset this is, how large, and who changed it last. */
export function DatasetHeader({ dataset, setting, actions }: DatasetHeaderProps) {
  const { tenant, now } = setting
  return (
    <header className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <BackLink href={`/${tenant}/settings/evaluation-metrics?tab=datasets`}>Datasets</BackLink>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
          <div className="flex min-w-0 max-w-2xl flex-col gap-1">
            <h1 className="min-w-0 font-semibold text-ink text-xl [overflow-wrap:anywhere]">
              {dataset.name}
            </h1>
            {dataset.description ? (
              <p className="whitespace-pre-line text-muted text-sm [overflow-wrap:anywhere]">
                {dataset.description}
              </p>
            ) : null}
          </div>
          <div className="flex flex-wrap items-center gap-2">{actions}</div>
        </div>
      </div>
      <DescriptionList
        layout="columns"
        items={[
          { term: 'Cases', detail: dataset.caseCount.toLocaleString('en-US') },
          { term: 'Version', detail: `v${dataset.version}` },
          {
            term: 'Changed',
            detail: (
              <>
                <RelativeTime at={dataset.modifiedAt} now={now} /> by {dataset.modifiedBy}
              </>
            ),
          },
          { term: 'Made by', detail: dataset.createdBy },
        ]}
      />
    </header>
  )
}
