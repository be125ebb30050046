'use client'

import { type KeyboardEvent, useMemo, useState } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/class-names'
import { SearchInput } from '@/components/ui/search-input'
import type { Scope } from '@/lib/access/scopes'
import { scopeGrid, scopeGridLead } from './scope-grid-styles'
import { ScopeMatrixLine } from './scope-matrix-line'
import {
  columnScopes,
  coverage,
  filterMatrix,
  SCOPE_COLUMNS,
  type ScopeColumn,
  type ScopeMatrixRow,
  toggleGroup,
} from './scope-selection'

export type ScopeMatrixProps = {
  value: readonly Scope[]
  onChange: (scopes: Scope[]) => void
  ceiling: readonly Scope[]
  beyondCeiling: string
}

const COLUMN_WORDS: Record<ScopeColumn, string> = {
  read: 'Read',
  write: 'Write',
  special: 'Special',
}

/** 18 resources; Read, Write, and chips for what only some resources know. Arrow keys move between cells. */
export function ScopeMatrix({ value, onChange, ceiling, beyondCeiling }: ScopeMatrixProps) {
  const [query, setQuery] = useState('')
  const chosen = useMemo(() => new Set(value), [value])
  const allowed = useMemo(() => new Set(ceiling), [ceiling])
  const rows = filterMatrix(query)
  const toggle = (group: readonly Scope[]) => onChange(toggleGroup(group, chosen, allowed))
  return (
    <div className="overflow-clip rounded-lg border border-subtle">
      <div className="border-subtle border-b bg-inset p-2">
        <SearchInput
          label="Filter scopes"
          value={query}
          onValueChange={setQuery}
          className="sm:w-full"
        />
      </div>
      <MatrixHead rows={rows} chosen={chosen} allowed={allowed} onToggle={toggle} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys are a shortcut between controls that all take focus themselves */}
      <div className="divide-y divide-subtle" onKeyDown={moveBetweenCells}>
        {rows.map((row) => (
          <ScopeMatrixLine
            key={row.resource}
            row={row}
            chosen={chosen}
            allowed={allowed}
            beyondCeiling={beyondCeiling}
            onToggle={toggle}
          />
        ))}
        {rows.length === 0 ? (
          <p className="px-4 py-6 text-center text-muted text-sm">No scope matches “{query}”.</p>
        ) : null}
      </div>
    </div>
  )
}

type MatrixHeadProps = {
  rows: readonly ScopeMatrixRow[]
  chosen: ReadonlySet<Scope>
  allowed: ReadonlySet<Scope>
  onToggle: (group: readonly Scope[]) => void
}

function MatrixHead({ rows, chosen, allowed, onToggle }: MatrixHeadProps) {
  return (
    <fieldset
      aria-label="Whole columns"
      className={cn(scopeGrid, 'border-subtle border-b px-3 py-2 text-muted text-xs')}
    >
      <span className={cn(scopeGridLead, 'font-medium')}>Resource</span>
      {SCOPE_COLUMNS.map((column) => {
        const group = columnScopes(rows, column)
        const state = coverage(group, chosen, allowed)
        const possible = group.some((scope) => allowed.has(scope) || chosen.has(scope))
        const label = COLUMN_WORDS[column]
        return (
          <span key={column} className="flex items-center gap-1.5 font-medium">
            <Checkbox
              checked={state === 'some' ? 'indeterminate' : state === 'all'}
              disabled={!possible}
              onCheckedChange={() => onToggle(group)}
              aria-label={`All ${label.toLowerCase()} scopes shown`}
            />
            <span aria-hidden>{label}</span>
          </span>
        )
      })}
    </fieldset>
  )
}

const STEPS: Record<string, 1 | -1> = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }

function moveBetweenCells(event: KeyboardEvent<HTMLDivElement>) {
  const step = STEPS[event.key]
  const from = event.target
  if (step === undefined || !(from instanceof HTMLElement) || !from.dataset.scopeColumn) return
  event.preventDefault()
  const vertical = event.key === 'ArrowDown' || event.key === 'ArrowUp'
  const selector = vertical
    ? `[data-scope-column="${from.dataset.scopeColumn}"]:not(:disabled)`
    : '[data-scope-column]:not(:disabled)'
  const cells = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)]
  cells[cells.indexOf(from) + step]?.focus()
}
