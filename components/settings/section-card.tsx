import { type ReactNode, useId } from 'react'
import { cn } from '@/components/ui/class-names'

export type SectionCardProps = {
  title: ReactNode
  description?: ReactNode | undefined
  /** At the right of the title. */
  actions?: ReactNode | undefined
  children?: ReactNode | undefined
  /** A SectionFooter or SaveFooter. */
  footer?: ReactNode | undefined
  /** Lets the content touch the edges, for tables. */
  flush?: boolean | undefined
  tone?: 'default' | 'danger' | undefined
  /** Anchor, so a link can lead here. */
  id?: string | undefined
  className?: string | undefined
}

export function SectionCard({
  title,
  description,
  actions,
  children,
  footer,
  flush = false,
  tone = 'default',
  id,
  className,
}: SectionCardProps) {
  const titleId = useId()
  return (
    <section
      id={id}
      aria-labelledby={titleId}
      className={cn(
        'min-w-0 scroll-mt-20 overflow-clip rounded-lg border bg-surface shadow-card',
        tone === 'danger' ? 'border-danger-line' : 'border-subtle',
        className,
      )}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 pt-4 pb-4">
        <div className="flex min-w-0 max-w-xl flex-col gap-1">
          <h2 id={titleId} className="font-medium text-base text-ink">
            {title}
          </h2>
          {description ? <p className="text-muted text-sm">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {children ? (
        <div className={flush ? 'border-subtle border-t' : 'px-5 pt-0 pb-5'}>{children}</div>
      ) : null}
      {footer}
    </section>
  )
}

export type SectionFooterProps = {
  hint?: ReactNode | undefined
  actions?: ReactNode | undefined
}

/** The card's last strip: a hint at the left, actions at the right. */
export function SectionFooter({ hint, actions }: SectionFooterProps) {
  return (
    <div className="flex min-h-13 flex-wrap items-center justify-between gap-x-6 gap-y-2 border-subtle border-t bg-canvas px-5 py-2.5">
      <div className="min-w-0 text-muted text-sm">{hint}</div>
      {actions ? <div className="ml-auto flex items-center gap-2">{actions}</div> : null}
    </div>
  )
}
