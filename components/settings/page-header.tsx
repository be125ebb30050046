import type { ReactNode } from 'react'
import { TextLink } from '@/components/ui/text-link'

export type PageHeaderProps = {
  title: ReactNode
  /** One line: what this page is for. */
  description: ReactNode
  docsHref?: string | undefined
  docsLabel?: string | undefined
  actions?: ReactNode | undefined
}

export function PageHeader({
  title,
  description,
  docsHref,
  docsLabel = 'Read the docs',
  actions,
}: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="flex min-w-0 max-w-2xl flex-col gap-1">
        <h1 className="break-words font-semibold text-ink text-xl">{title}</h1>
        <p className="text-muted text-sm">
          {description}
          {docsHref ? (
            <>
              {' '}
              <TextLink href={docsHref}>{docsLabel}</TextLink>
            </>
          ) : null}
        </p>
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  )
}
