import type { ReactNode } from 'react'
import { cn } from './class-names'

export type EmptyStateProps = {
  icon?: ReactNode | undefined
  /** A verb phrase on first run ("Create your first…"), a fact for no results. */
  title: ReactNode
  description?: ReactNode | undefined
  /** The primary button, and beside it a docs link. */
  actions?: ReactNode | undefined
  /** A dashed frame; off inside tables and cards. */
  framed?: boolean | undefined
  className?: string | undefined
}

export function EmptyState({
  icon,
  title,
  description,
  actions,
  framed = true,
  className,
}: EmptyStateProps) {
  return (
    <div
      className={cn(
        'flex flex-col items-center gap-3 px-6 py-12 text-center',
        framed && 'rounded-lg border border-strong border-dashed',
        className,
      )}
    >
      {icon ? (
        <span
          aria-hidden
          className="grid size-10 place-items-center rounded-lg border border-subtle bg-surface text-muted shadow-card [&_svg]:size-5"
        >
          {icon}
        </span>
      ) : null}
      <div className="flex max-w-sm flex-col gap-1">
        <p className="font-medium text-base text-ink">{title}</p>
        {description ? <p className="text-balance text-muted text-sm">{description}</p> : null}
      </div>
      {actions ? (
        <div className="mt-1 flex flex-wrap items-center justify-center gap-2">{actions}</div>
      ) : null}
    </div>
  )
}
