'use client'

import { useSearchParams } from 'next/navigation'
import { replaceSearchParams } from '@/components/settings/search-params'
import { lazyOverlay } from '@/components/ui/lazy-overlay'
import type { PriceRow } from './price-rows'

const close = () => replaceSearchParams({ model: null })

const PriceSheet = lazyOverlay(() => import('./price-sheet').then((module) => module.PriceSheet), {
  opens: (props) => props.row !== null,
  close,
})

export type PriceSheetHostProps = { tenant: string; rows: readonly PriceRow[]; mayWrite: boolean }

/** Opens the sheet of the price that the address names as `model`. */
export function PriceSheetHost({ tenant, rows, mayWrite }: PriceSheetHostProps) {
  const key = useSearchParams().get('model')
  const row = key === null ? null : (rows.find((candidate) => candidate.key === key) ?? null)
  return <PriceSheet tenant={tenant} row={row} mayWrite={mayWrite} onClose={close} />
}
