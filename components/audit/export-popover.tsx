'use client'

import { type ReactElement, useState } from 'react'
import { buttonStyles } from '@/components/ui/button-styles'
import { cn } from '@/components/ui/class-names'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { type AuditFilters, auditQueryString, hasAuditFilters } from './audit-filters'
import type { ExportButtonProps } from './export-button'

const FORMATS = [
  { format: 'csv', label: 'CSV', hint: 'For spreadsheets' },
  { format: 'ndjson', label: 'NDJSON', hint: 'One event a line, with hashes' },
] as const

/** Downloads what the filters show, all of it, not just the loaded pages. Mounts open. */
export function ExportPopover({
  trigger,
  tenant,
  filters,
  totalCount,
}: ExportButtonProps & { trigger: ReactElement }) {
  const [open, setOpen] = useState(true)
  const scope = hasAuditFilters(filters) ? 'that match the filters' : 'of this organization'
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent align="end" aria-label="Export" className="flex flex-col gap-3">
        <p className="text-muted">
          All {totalCount.toLocaleString('en-US')} events {scope}. The export itself is recorded in
          the log.
        </p>
        <ul className="flex flex-col gap-1.5">
          {FORMATS.map(({ format, label, hint }) => (
            <li key={format}>
              {/* A plain link: a router link would fetch the file ahead of the click. */}
              <a
                href={exportHref(tenant, filters, format)}
                download
                onClick={() => setOpen(false)}
                className={cn(buttonStyles(), 'w-full justify-between')}
              >
                {label}
                <span className="font-normal text-muted">{hint}</span>
              </a>
            </li>
          ))}
        </ul>
      </PopoverContent>
    </Popover>
  )
}

function exportHref(tenant: string, filters: AuditFilters, format: string): string {
  const query = new URLSearchParams(auditQueryString(filters))
  query.set('format', format)
  return `/${tenant}/settings/audit-log/export?${query}`
}
