'use client'

import { useActionState, useRef, useState } from 'react'
import { sendCredentials } from '@/app/(auth)/sign-in/actions'
import { CodeStep } from '@/components/auth/code-step'
import { CompanyButton } from '@/components/auth/company-button'
import { type DemoLoginChoice, DemoLogins } from '@/components/auth/demo-logins'
import { PasswordStep, type SignInComplaints } from '@/components/auth/password-step'
import { errorAt } from '@/components/settings/action-outcome'
import { type FormState, NOTHING_SENT } from '@/components/settings/form-state'
import type { SecondFactorMethod } from '@/lib/two-factor/model'

export type SignInPanelProps = {
  /** A path of this site. */
  returnTo: string
  /** Whether a link to a new password can be sent. */
  canReset: boolean
  demo: { password: string; logins: readonly DemoLoginChoice[] } | null
  /** What the company's identity provider is called here; null where there is none. */
  companyName: string | null
  /** Why the way back from the identity provider ended here. */
  failure: string | null
}

/** The password was right. */
const ABOUT_CODE = ['second_factor_required', 'second_factor_incorrect', 'app_unreadable']

/** Where the browser sent the form. */
function complaintsOf({ problem }: FormState): SignInComplaints {
  const email = errorAt(problem, '/email')
  const password = errorAt(problem, '/password')
  return {
    ...(email && { email }),
    ...(password && { password }),
    ...(problem?.errors.length === 0 && { form: problem.message }),
  }
}

/** Password first, a code after it where the account has a second factor; a passkey instead of both. */
export function SignInPanel({ returnTo, canReset, demo, companyName, failure }: SignInPanelProps) {
  const [sent, send] = useActionState(sendCredentials, NOTHING_SENT)
  const [credentials, setCredentials] = useState({ email: sent.values.email ?? '', password: '' })
  const [complaints, setComplaints] = useState<SignInComplaints>(() =>
    sent.problem ? complaintsOf(sent) : failure ? { form: failure } : {},
  )
  const [wanted, setWanted] = useState<readonly SecondFactorMethod[] | null>(null)
  const submitButton = useRef<HTMLButtonElement>(null)

  /** A whole new document: nothing that was cached for nobody survives the sign-in. */
  function enter() {
    window.location.assign(returnTo)
    return new Promise<never>(() => undefined)
  }
  if (wanted) {
    return (
      <CodeStep
        credentials={credentials}
        methods={wanted}
        onSignedIn={enter}
        onBack={() => setWanted(null)}
      />
    )
  }
  return (
    <>
      <PasswordStep
        send={send}
        returnTo={returnTo}
        codeWanted={sent.problem !== null && ABOUT_CODE.includes(sent.problem.code)}
        credentials={credentials}
        onChange={(part) => setCredentials((before) => ({ ...before, ...part }))}
        complaints={complaints}
        onComplain={setComplaints}
        canReset={canReset}
        otherWays={companyName ? <CompanyButton name={companyName} returnTo={returnTo} /> : null}
        submitButton={submitButton}
        onSignedIn={enter}
        onSecondFactor={setWanted}
      />
      {demo ? (
        <DemoLogins
          {...demo}
          onChoose={(email) => {
            setCredentials({ email, password: demo.password })
            setComplaints({})
            submitButton.current?.focus()
          }}
        />
      ) : null}
    </>
  )
}
