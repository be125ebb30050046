import type { ReactNode } from 'react'
import { Brand } from '@/components/shell/brand'

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[26rem] flex-col justify-center gap-8 px-5 py-12">
      <Brand />
      {children}
    </main>
  )
}
