'use client'

import { type FormEvent, useId, useRef, useState } from 'react'
import { proveIdentity, startPasskeyProof } from '@/app/[tenant]/settings/identity-actions'
import { askPasskey } from '@/components/auth/ask-passkey'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { IdentityProofs } from '@/lib/auth/confirm-identity'
import type { IdentityProof } from '@/lib/auth/schema'
import { attempt, errorAt } from './action-outcome'

type Way = 'passkey' | 'code' | 'password'

const SWITCH_LABELS: Record<Way, string> = {
  passkey: 'Use your passkey',
  code: 'Use a code',
  password: 'Use your password',
}

const POINTERS: Record<Way, string> = {
  passkey: '/response',
  code: '/code',
  password: '/password',
}

export type ConfirmIdentityFormProps = {
  tenant: string
  proofs: IdentityProofs
  /** True after a proof; false when the person gave up. */
  onSettled: (confirmed: boolean) => void
}

/** One way at a time, the easiest first; the others are a click away. */
export function ConfirmIdentityForm({ tenant, proofs, onSettled }: ConfirmIdentityFormProps) {
  const ways = waysOf(proofs)
  const [way, setWay] = useState<Way>(ways[0] ?? 'password')
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  // Not a transition: React settles transitions together, and the one that asked waits for this answer.
  const [busy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const formId = useId()

  async function submit(event: FormEvent) {
    event.preventDefault()
    // A portal's events bubble through React: without this the form of the sheet below would be sent too.
    event.stopPropagation()
    if (busy) return
    if (way !== 'passkey' && typed.trim() === '') return complain(MISSING[way])
    setBusy(true)
    const complaint = way === 'passkey' ? await byPasskey() : await prove(textProof(way, typed))
    setBusy(false)
    if (complaint === null) onSettled(true)
    else complain(complaint)
  }
  function complain(message: string) {
    setError(message)
    input.current?.focus()
  }
  /** What is wrong with it, or null. */
  async function prove(proof: IdentityProof): Promise<string | null> {
    const answer = await attempt(() => proveIdentity(tenant, proof))
    if (answer.ok) return null
    return errorAt(answer.problem, POINTERS[proof.method]) ?? answer.problem.message
  }
  async function byPasskey(): Promise<string | null> {
    const options = await attempt(() => startPasskeyProof(tenant, {}))
    if (!options.ok) return options.problem.message
    const answer = await askPasskey(options.data)
    return answer.ok ? prove({ method: 'passkey', response: answer.assertion }) : answer.message
  }
  function choose(next: Way) {
    setWay(next)
    setTyped('')
    setError(undefined)
  }

  return (
    <>
      <DialogBody className="flex flex-col gap-3">
        <form id={formId} noValidate onSubmit={submit}>
          {way === 'passkey' ? (
            <PasskeyWay error={error} />
          ) : (
            <Field key={way} label={labelOf(way, proofs)} error={error}>
              <Input
                ref={input}
                {...(way === 'password' ? PASSWORD_FIELD : codeField(proofs))}
                autoFocus
                value={typed}
                onChange={(event) => {
                  setTyped(event.target.value)
                  setError(undefined)
                }}
              />
            </Field>
          )}
        </form>
        <div className="flex flex-wrap gap-x-4">
          {ways
            .filter((other) => other !== way)
            .map((other) => (
              <Button key={other} variant="link" onClick={() => choose(other)}>
                {SWITCH_LABELS[other]}
              </Button>
            ))}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={() => onSettled(false)}>Cancel</Button>
        <Button type="submit" form={formId} variant="primary" loading={busy}>
          Confirm
        </Button>
      </DialogFooter>
    </>
  )
}

function PasskeyWay({ error }: { error: string | undefined }) {
  return (
    <div className="flex flex-col gap-3">
      <p>Your browser will ask for your passkey.</p>
      {error ? (
        <Callout tone="danger" live>
          {error}
        </Callout>
      ) : null}
    </div>
  )
}

const MISSING = { code: 'Type the code.', password: 'Type your password.' } as const

const PASSWORD_FIELD = { type: 'password', autoComplete: 'current-password' } as const

/** Recovery codes have letters, so the keypad of digits is for those who need no other keys. */
function codeField({ app, recovery }: IdentityProofs) {
  const digitsOnly = app && !recovery
  return {
    autoComplete: 'one-time-code',
    inputMode: digitsOnly ? ('numeric' as const) : ('text' as const),
    autoCapitalize: 'none',
    spellCheck: false,
    mono: true,
  }
}

function waysOf({ password, app, passkey, recovery }: IdentityProofs): Way[] {
  return [
    ...(passkey ? (['passkey'] as const) : []),
    ...(app || recovery ? (['code'] as const) : []),
    ...(password ? (['password'] as const) : []),
  ]
}

function labelOf(way: 'code' | 'password', { app, recovery }: IdentityProofs): string {
  if (way === 'password') return 'Password'
  if (app && recovery) return 'Code of your app, or a recovery code'
  return app ? 'Code of your app' : 'Recovery code'
}

function textProof(way: 'code' | 'password', typed: string): IdentityProof {
  return way === 'password'
    ? { method: 'password', password: typed }
    : { method: 'code', code: typed }
}
