import type { ReactNode } from 'react'

/** The width and rhythm of the settings. */
export default function NotificationsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex w-full max-w-table flex-col gap-6 px-4 pt-6 pb-20 sm:px-8 sm:pt-10">
      {children}
    </div>
  )
}
