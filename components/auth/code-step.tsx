'use client'

import { type FormEvent, useRef, useState, useTransition } from 'react'
import { presentCredentials, type SignInOutcome } from '@/components/auth/credentials'
import { PasskeyButton } from '@/components/auth/passkey-button'
import { SubmitButton } from '@/components/auth/submit-button'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { SecondFactorMethod } from '@/lib/two-factor/model'

type Source = 'app' | 'recovery'

export type CodeStepProps = {
  credentials: { email: string; password: string }
  /** At least one. */
  methods: readonly SecondFactorMethod[]
  /** Leads away and never settles. */
  onSignedIn: () => Promise<never>
  onBack: () => void
}

/** The second step of a sign-in. What was typed stays, whatever is said about it. */
export function CodeStep({ credentials, methods, onSignedIn, onBack }: CodeStepProps) {
  const sources = methods.filter((method): method is Source => method !== 'passkey')
  const [source, setSource] = useState<Source | null>(sources[0] ?? null)
  const [complaint, setComplaint] = useState<{ code?: string; form?: string }>({})
  const other = sources.find((one) => one !== source)

  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h1 className="font-semibold text-ink text-xl">One more step</h1>
        <p className="text-muted text-sm">
          The password was right. The account of{' '}
          <strong className="break-all font-medium text-ink">{credentials.email.trim()}</strong>{' '}
          needs a second factor too.
        </p>
      </div>
      {complaint.form ? (
        <Callout tone="danger" live>
          {complaint.form}
        </Callout>
      ) : null}
      <div className="flex flex-col gap-4">
        {source ? (
          <CodeForm
            key={source}
            source={source}
            credentials={credentials}
            error={complaint.code}
            onComplain={setComplaint}
            onSignedIn={onSignedIn}
          />
        ) : null}
        {methods.includes('passkey') ? (
          <PasskeyButton
            label="Use your passkey"
            onSignedIn={onSignedIn}
            onRefused={(message) => setComplaint(message === null ? {} : { form: message })}
          />
        ) : null}
        <div className="flex flex-wrap justify-between gap-x-4 gap-y-1">
          <Button variant="link" onClick={onBack}>
            Back
          </Button>
          {other ? (
            <Button
              variant="link"
              onClick={() => {
                setSource(other)
                setComplaint({})
              }}
            >
              {other === 'recovery' ? 'Use a recovery code instead' : 'Use your app instead'}
            </Button>
          ) : null}
        </div>
      </div>
    </div>
  )
}

const FIELDS = {
  app: {
    label: 'Code of your authenticator app',
    description: 'Six digits; a new one every 30 seconds.',
    missing: 'Enter the six digits that the app shows.',
    inputMode: 'numeric',
  },
  recovery: {
    label: 'Recovery code',
    description: 'One of those you kept when you set this up. Each works once.',
    missing: 'Enter one of your recovery codes.',
    inputMode: 'text',
  },
} as const

type CodeFormProps = Pick<CodeStepProps, 'credentials' | 'onSignedIn'> & {
  source: Source
  error: string | undefined
  onComplain: (complaint: { code?: string; form?: string }) => void
}

function CodeForm({ source, credentials, error, onComplain, onSignedIn }: CodeFormProps) {
  const [code, setCode] = useState('')
  const [busy, startTransition] = useTransition()
  const input = useRef<HTMLInputElement>(null)
  const { label, description, missing, inputMode } = FIELDS[source]

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    onComplain({})
    if (code.trim() === '') return complain(missing)
    const { email, password } = credentials
    startTransition(async () => settle(await presentCredentials(email, password, code)))
  }
  function complain(message: string) {
    onComplain({ code: message })
    input.current?.select()
  }
  async function settle(outcome: SignInOutcome): Promise<void> {
    if (outcome.kind === 'signed-in') return onSignedIn()
    if (outcome.kind !== 'refused') return
    if (outcome.reason === 'code') complain(outcome.message)
    else onComplain({ form: outcome.message })
  }
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={label} description={description} error={error}>
        <Input
          ref={input}
          name="code"
          autoComplete="one-time-code"
          inputMode={inputMode}
          autoCapitalize="none"
          spellCheck={false}
          mono
          autoFocus
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
      <SubmitButton loading={busy}>Continue</SubmitButton>
    </form>
  )
}
