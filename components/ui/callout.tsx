import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './class-names'

const looks = {
  info: { box: 'border-info-line bg-info-soft', icon: 'text-info-text', Icon: Info },
  success: {
    box: 'border-success-line bg-success-soft',
    icon: 'text-success-text',
    Icon: CircleCheck,
  },
  warning: {
    box: 'border-warning-line bg-warning-soft',
    icon: 'text-warning-text',
    Icon: TriangleAlert,
  },
  danger: { box: 'border-danger-line bg-danger-soft', icon: 'text-danger-text', Icon: CircleAlert },
}

export type CalloutProps = {
  tone?: keyof typeof looks | undefined
  title?: ReactNode | undefined
  children?: ReactNode | undefined
  actions?: ReactNode | undefined
  /** Announced when it appears after the page has loaded. */
  live?: boolean | undefined
  className?: string | undefined
}

export function Callout({
  tone = 'info',
  title,
  children,
  actions,
  live = false,
  className,
}: CalloutProps) {
  const { box, icon, Icon } = looks[tone]
  const role = tone === 'danger' ? 'alert' : 'status'
  return (
    <div
      role={live ? role : undefined}
      className={cn(
        'flex items-start gap-2.5 rounded-lg border px-3 py-2.5 text-sm',
        box,
        className,
      )}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', icon)} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        {title ? <p className="font-medium text-ink">{title}</p> : null}
        {children ? <div className={title ? 'text-muted' : 'text-ink'}>{children}</div> : null}
        {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  )
}
