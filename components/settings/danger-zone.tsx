import type { ReactNode } from 'react'

export type DangerZoneProps = { title?: string | undefined; children: ReactNode }

/** The page's last card: a red edge, never a red fill. */
export function DangerZone({ title = 'Danger zone', children }: DangerZoneProps) {
  return (
    <section
      aria-label={title}
      className="min-w-0 rounded-lg border border-danger-line bg-surface shadow-card"
    >
      <h2 className="px-5 pt-4 pb-1 font-medium text-base text-danger-text">{title}</h2>
      <div className="divide-y divide-subtle">{children}</div>
    </section>
  )
}

export type DangerZoneItemProps = {
  title: ReactNode
  /** What dies and what survives. */
  description: ReactNode
  /** A `danger-outline` button named by its verb, or why there is none. */
  action: ReactNode
}

export function DangerZoneItem({ title, description, action }: DangerZoneItemProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 px-5 py-4">
      <div className="flex min-w-0 flex-1 basis-80 flex-col gap-0.5">
        <h3 className="font-medium text-ink text-sm">{title}</h3>
        <p className="text-muted text-sm">{description}</p>
      </div>
      <div className="shrink-0">{action}</div>
    </div>
  )
}
