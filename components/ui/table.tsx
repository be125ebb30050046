import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from './class-names'
import { pinnedStyles } from './pinned-styles'
import { ScrollRegion } from './scroll-region'

export type TableProps = ComponentProps<'table'> & {
  /** Names the scrolling region and, unless a caption does, the table. */
  label: string
  /** Border and surface around it; off where a card provides them. */
  framed?: boolean | undefined
}

export function Table({ label, framed = true, className, ...props }: TableProps) {
  return (
    <ScrollRegion
      label={label}
      className={framed ? 'rounded-lg border border-subtle bg-surface shadow-card' : undefined}
    >
      <table
        aria-label={label}
        {...props}
        className={cn(
          'w-full border-collapse text-left text-sm tabular-nums',
          // In a card, the first column begins where the card's title does.
          !framed && '[--table-edge:--spacing(5)]',
          className,
        )}
      />
    </ScrollRegion>
  )
}

export function THead({ className, ...props }: ComponentProps<'thead'>) {
  return <thead {...props} className={cn('border-subtle border-b bg-canvas', className)} />
}

export function TBody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody {...props} className={cn('divide-y divide-subtle', className)} />
}

export type TrProps = ComponentProps<'tr'> & {
  /** Holds a RowLink: the whole row answers to pointer and focus. */
  interactive?: boolean | undefined
  /** A change to this row is on its way. */
  pending?: boolean | undefined
  selected?: boolean | undefined
}

export function Tr({ interactive, pending, selected, className, ...props }: TrProps) {
  return (
    <tr
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      {...props}
      className={cn(
        interactive && 'relative hover:bg-hover',
        pending && 'pointer-events-none opacity-50',
        selected && 'bg-accent-soft',
        className,
      )}
    />
  )
}

type CellAlign = 'left' | 'right' | 'center'
const alignClass: Record<CellAlign, string> = {
  left: 'text-left',
  right: 'text-right',
  center: 'text-center',
}

export type TdProps = Omit<ComponentProps<'td'>, 'align'> & {
  align?: CellAlign | undefined
  /** Lifts buttons and links of this cell above the row's own link. */
  actions?: boolean | undefined
  /** The last cell, with what one can do to the row: in sight on phones too. */
  pinned?: boolean | undefined
}

export function Td({ align = 'left', actions, pinned, className, ...props }: TdProps) {
  return (
    <td
      {...props}
      className={cn(
        'h-11 px-3 py-1.5 align-middle first:pl-(--table-edge,--spacing(4)) last:pr-(--table-edge,--spacing(4))',
        alignClass[align],
        actions && '*:relative *:z-1',
        pinned && [pinnedStyles, 'max-md:bg-surface'],
        className,
      )}
    />
  )
}

/** The row's one real link; its hit area is the whole row. Put it in the first cell of an interactive Tr. */
export function RowLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...props}
      className={cn(
        'font-medium text-ink outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2',
        className,
      )}
    />
  )
}
