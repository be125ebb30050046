import { createColumnHelper } from '@tanstack/react-table'
import type { listFeatures } from '@/components/settings/list-features'
import type { ServiceAccountSummary } from '@/lib/service-accounts/model'

const column = createColumnHelper<typeof listFeatures, ServiceAccountSummary>()

/** Made once: the table compares columns by identity. */
export const ACCOUNT_COLUMNS = column.columns([
  column.accessor((account) => `${account.name}\n${account.description}`, {
    id: 'name',
    header: 'Service account',
    sortFn: 'alphanumeric',
  }),
  column.accessor('state', { header: 'State', sortFn: 'alphanumeric' }),
  column.accessor((account) => account.scopes.length, {
    id: 'grant',
    header: 'Grant',
    sortFn: 'basic',
  }),
  column.accessor('activeTokens', {
    header: 'Active tokens',
    meta: { align: 'right' },
    sortFn: 'basic',
  }),
  column.accessor((account) => account.lastUsedAt ?? 0, {
    id: 'lastUsed',
    header: 'Last used',
    sortFn: 'basic',
  }),
  column.accessor('createdAt', { header: 'Created', sortFn: 'basic' }),
])
