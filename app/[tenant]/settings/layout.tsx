import type { ReactNode } from 'react'

/** One width and one rhythm for every section. */
export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex w-full max-w-table flex-col gap-6 px-4 pt-6 pb-20 sm:px-8 sm:pt-10">
      {children}
    </div>
  )
}
