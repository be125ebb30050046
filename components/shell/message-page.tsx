import type { ReactNode } from 'react'
import { Brand } from '@/components/shell/brand'

export type MessagePageProps = {
  title: string
  children: ReactNode
  actions?: ReactNode | undefined
}

/** A page that says one thing and offers the way on. */
export function MessagePage({ title, children, actions }: MessagePageProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-6 px-5 py-16">
      <Brand />
      <div className="flex flex-col gap-2">
        <h1 className="font-semibold text-ink text-xl">{title}</h1>
        <div className="flex flex-col gap-3 text-base text-muted">{children}</div>
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </main>
  )
}
