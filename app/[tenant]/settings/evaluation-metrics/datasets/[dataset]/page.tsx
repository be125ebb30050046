import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { dashboardContext } from '@/app/_session/dashboard-context'
import { CasesPanel } from '@/components/datasets/cases-panel'
import { DatasetHeader } from '@/components/datasets/dataset-header'
import { DatasetMenu } from '@/components/datasets/dataset-menu'
import { rowOf } from '@/components/datasets/dataset-words'
import { can } from '@/lib/access/principal'
import type { Dataset } from '@/lib/datasets/model'
import { getDataset, listCases } from '@/lib/datasets/queries'
import { isDomainError } from '@/lib/errors'
import { isUuid } from '@/lib/ids'

type PageProps = {
  params: Promise<{ tenant: string; dataset: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The dataset, or the page that a missing, foreign or unseen one all get. */
const datasetOf = cache(async (tenant: string, dataset: string): Promise<Dataset> => {
  const ctx = await dashboardContext(tenant)
  if (!isUuid(dataset)) notFound()
  try {
    return await getDataset(ctx, { dataset })
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not-found') notFound()
    throw error
  }
})

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { tenant, dataset } = await params
  return { title: `${(await datasetOf(tenant, dataset)).name} · Datasets` }
}

export default async function DatasetPage({ params, searchParams }: PageProps) {
  const { tenant, dataset: id } = await params
  const { q } = await searchParams
  const search = typeof q === 'string' ? q.replaceAll('\0', '').slice(0, 200) : ''
  const ctx = await dashboardContext(tenant)
  const dataset = await datasetOf(tenant, id)
  const page = await listCases(ctx, { dataset: dataset.id, search })
  const setting = { tenant, mayWrite: can(ctx.principal, 'datasets:write'), now: ctx.now }
  return (
    <>
      <DatasetHeader
        dataset={dataset}
        setting={setting}
        actions={<DatasetMenu dataset={dataset} setting={setting} />}
      />
      <CasesPanel
        key={`${dataset.version} ${search}`}
        setting={setting}
        dataset={dataset}
        search={search}
        firstPage={{ ...page, items: page.items.map(rowOf) }}
      />
    </>
  )
}
