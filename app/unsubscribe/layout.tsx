import type { ReactNode } from 'react'
import AuthLayout from '@/app/(auth)/layout'

/** Like all pages that need nobody to be signed in. */
export default function UnsubscribeLayout({ children }: { children: ReactNode }) {
  return <AuthLayout>{children}</AuthLayout>
}
