'use client'

import { Download } from 'lucide-react'
import { lazy } from 'react'
import { Button } from '@/components/ui/button'
import { OnDemand } from '@/components/ui/on-demand'
import type { AuditFilters } from './audit-filters'

const load = () => import('./export-popover')
const ExportPopover = lazy(async () => ({ default: (await load()).ExportPopover }))

export type ExportButtonProps = { tenant: string; filters: AuditFilters; totalCount: number }

/** The way to the log as a file. */
export function ExportButton(props: ExportButtonProps) {
  const trigger = (
    <Button>
      <Download aria-hidden />
      Export
    </Button>
  )
  return (
    <OnDemand opens="dialog" trigger={trigger} load={load}>
      <ExportPopover {...props} trigger={trigger} />
    </OnDemand>
  )
}
