import { createColumnHelper } from '@tanstack/react-table'
import type { listFeatures } from '@/components/settings/list-features'
import type { Metric } from '@/lib/evaluation-metrics/model'
import { originOf, stateOf } from './metric-words'

const column = createColumnHelper<typeof listFeatures, Metric>()

/** Made once: the table compares columns by identity. */
export const METRIC_COLUMNS = column.columns([
  column.accessor((metric) => `${metric.name}\n${metric.key}\n${metric.description}`, {
    id: 'name',
    header: 'Metric',
    sortFn: 'alphanumeric',
  }),
  column.accessor(originOf, { id: 'origin', header: 'Origin', sortFn: 'alphanumeric' }),
  column.accessor(stateOf, { id: 'state', header: 'State', sortFn: 'alphanumeric' }),
  column.accessor('defaultWeight', {
    header: 'Weight',
    meta: { align: 'right' },
    sortFn: 'basic',
  }),
  column.accessor('version', { header: 'Version', meta: { align: 'right' }, sortFn: 'basic' }),
  column.accessor('agentCount', { header: 'Used by', meta: { align: 'right' }, sortFn: 'basic' }),
])
