'use client'

import { Building2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'

export type CompanyButtonProps = {
  name: string
  /** A path of this site. */
  returnTo: string
}

/** Leads to the company's identity provider, and from there back. */
export function CompanyButton({ name, returnTo }: CompanyButtonProps) {
  const [busy, setBusy] = useState(false)
  async function leave() {
    setBusy(true)
    const { signIn } = await import('next-auth/react')
    await signIn('oidc', { callbackUrl: returnTo })
  }
  return (
    <Button onClick={() => void leave().catch(() => setBusy(false))} loading={busy}>
      <Building2 aria-hidden />
      Continue with {name}
    </Button>
  )
}
