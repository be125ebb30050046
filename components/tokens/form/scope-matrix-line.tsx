'use client'

import { TriangleAlert } from 'lucide-react'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/class-names'
import type { Scope, ScopeFact } from '@/lib/access/scopes'
import { scopeGrid, scopeGridLead } from './scope-grid-styles'
import { coverage, type ScopeMatrixRow } from './scope-selection'

export type ScopeMatrixLineProps = {
  row: ScopeMatrixRow
  chosen: ReadonlySet<Scope>
  allowed: ReadonlySet<Scope>
  beyondCeiling: string
  onToggle: (group: readonly Scope[]) => void
}

type CellProps = Omit<ScopeMatrixLineProps, 'row' | 'beyondCeiling'> & { fact: ScopeFact }

export function ScopeMatrixLine({
  row,
  chosen,
  allowed,
  beyondCeiling,
  onToggle,
}: ScopeMatrixLineProps) {
  const ids = row.all.map((fact) => fact.id)
  const state = coverage(ids, chosen, allowed)
  const beyond = row.all.filter((fact) => !allowed.has(fact.id))
  const cell = { chosen, allowed, onToggle }
  return (
    <fieldset
      aria-label={row.label}
      className={cn(scopeGrid, 'px-3 py-2', state !== 'none' && 'bg-accent-soft')}
    >
      <div className={cn(scopeGridLead, 'flex min-w-0 items-start gap-2.5')}>
        <Checkbox
          className="mt-0.5"
          data-scope-column="row"
          checked={state === 'some' ? 'indeterminate' : state === 'all'}
          disabled={state === 'none' && beyond.length === row.all.length}
          onCheckedChange={() => onToggle(ids)}
          aria-label={`All of ${row.label}`}
        />
        <div className="min-w-0">
          <p className="font-medium text-ink text-sm">{row.label}</p>
          <p className="text-muted text-xs">{row.description}</p>
          {beyond.length > 0 ? (
            <p className="text-warning-text text-xs">
              {beyondCeiling}
              {beyond.length < row.all.length
                ? `: ${beyond.map((fact) => fact.label.toLowerCase()).join(', ')}`
                : ''}
            </p>
          ) : null}
        </div>
      </div>
      <CheckCell fact={row.read} column="read" {...cell} />
      <CheckCell fact={row.write} column="write" {...cell} />
      <div className="flex flex-wrap gap-1.5">
        {row.special.map((fact) => (
          <SpecialChip key={fact.id} fact={fact} {...cell} />
        ))}
      </div>
    </fieldset>
  )
}

type CheckCellProps = Omit<CellProps, 'fact'> & { fact: ScopeFact | null; column: string }

function CheckCell({ fact, column, chosen, allowed, onToggle }: CheckCellProps) {
  if (!fact) return <span />
  const checked = chosen.has(fact.id)
  return (
    <span className="flex items-center gap-1.5" title={`${fact.id}: can ${fact.phrase}`}>
      <Checkbox
        data-scope-column={column}
        checked={checked}
        disabled={!checked && !allowed.has(fact.id)}
        onCheckedChange={() => onToggle([fact.id])}
        aria-label={`${fact.label} (${fact.id})${riskWords(fact)}`}
      />
      <span aria-hidden className="text-muted text-xs sm:hidden">
        {fact.label}
      </span>
      <RiskMark fact={fact} />
    </span>
  )
}

function SpecialChip({ fact, chosen, allowed, onToggle }: CellProps) {
  const checked = chosen.has(fact.id)
  const disabled = !checked && !allowed.has(fact.id)
  return (
    <label
      title={`${fact.id}: can ${fact.phrase}`}
      className={cn(
        'relative inline-flex h-6 items-center gap-1 rounded-sm border px-2 font-medium text-xs touch:h-9',
        'has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2',
        checked
          ? 'border-accent bg-accent text-accent-contrast'
          : 'border-control bg-surface text-muted',
        disabled
          ? 'cursor-not-allowed opacity-50'
          : 'cursor-pointer hover:not-has-checked:text-ink',
      )}
    >
      <input
        type="checkbox"
        data-scope-column="special"
        className="absolute inset-0 cursor-[inherit] opacity-0"
        checked={checked}
        disabled={disabled}
        onChange={() => onToggle([fact.id])}
        aria-label={`${fact.label} (${fact.id})${riskWords(fact)}`}
      />
      {fact.label}
      <RiskMark fact={fact} inverted={checked} />
    </label>
  )
}

function riskWords(fact: ScopeFact): string {
  return fact.risk === 'high' ? ', high risk' : ''
}

function RiskMark({ fact, inverted = false }: { fact: ScopeFact; inverted?: boolean }) {
  if (fact.risk !== 'high') return null
  return (
    <span title="High risk" aria-hidden>
      <TriangleAlert className={cn('size-3.5', inverted ? '' : 'text-warning-text')} />
    </span>
  )
}
