'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { startPasskeySignIn } from '@/app/(auth)/sign-in/actions'
import { askPasskey } from '@/components/auth/ask-passkey'
import { presentPasskey } from '@/components/auth/credentials'
import { attempt } from '@/components/settings/action-outcome'
import { Button } from '@/components/ui/button'

export type PasskeyButtonProps = {
  label: string
  /** Leads away and never settles. */
  onSignedIn: () => Promise<never>
  /** Null at the beginning of a new try. */
  onRefused: (message: string | null) => void
}

/** Signs in whoever the passkey belongs to: it is both factors at once. */
export function PasskeyButton({ label, onSignedIn, onRefused }: PasskeyButtonProps) {
  const [busy, setBusy] = useState(false)
  async function signIn(): Promise<string | null> {
    const options = await attempt(() => startPasskeySignIn({}))
    if (!options.ok) return options.problem.message
    const answer = await askPasskey(options.data)
    if (!answer.ok) return answer.message
    const outcome = await presentPasskey(answer.assertion)
    if (outcome.kind === 'signed-in') return onSignedIn()
    return outcome.kind === 'refused' ? outcome.message : null
  }
  async function press() {
    onRefused(null)
    setBusy(true)
    onRefused(await signIn())
    setBusy(false)
  }
  return (
    <Button onClick={press} loading={busy}>
      <KeyRound aria-hidden />
      {label}
    </Button>
  )
}
