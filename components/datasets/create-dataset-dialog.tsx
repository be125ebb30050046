'use client'

import { useRouter } from 'next/navigation'
import { makeDataset } from '@/app/[tenant]/settings/evaluation-metrics/dataset-actions'
import { DatasetForm } from './dataset-form'
import { datasetHref } from './dataset-words'

export type CreateDatasetDialogProps = { tenant: string; onClose: () => void }

/** Mount to open. Its cases are added, or imported, on its page. */
export function CreateDatasetDialog({ tenant, onClose }: CreateDatasetDialogProps) {
  const router = useRouter()
  return (
    <DatasetForm
      title="Create dataset"
      description="Add or import its cases on the next page."
      initial={{ name: '', description: '' }}
      submitLabel="Create dataset"
      problemTitle="The dataset was not created"
      save={(named) => makeDataset(tenant, named)}
      onSaved={({ id }) => router.push(datasetHref(tenant, id))}
      onClose={onClose}
    />
  )
}
