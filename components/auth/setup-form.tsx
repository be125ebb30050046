'use client'

import { type FormEvent, useActionState, useRef, useState, useTransition } from 'react'
import { presentCredentials } from '@/components/auth/credentials'
import { NewPasswordField } from '@/components/auth/new-password-field'
import { SubmitButton } from '@/components/auth/submit-button'
import { errorAt } from '@/components/settings/action-outcome'
import { type FormState, NOTHING_SENT } from '@/components/settings/form-state'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { SetupInput } from '@/lib/auth/schema'
import { proposeSlug } from '@/lib/organization/model'

type Answer =
  | { ok: true; data: { slug: string } }
  | { ok: false; problem: { message: string; errors: { pointer: string; detail: string }[] } }

export type SetupFormProps = {
  secret: string
  /** Shown in front of the organization's address. */
  host: string
  completeSetup: (input: SetupInput) => Promise<Answer>
  /** The same for a browser without scripts. */
  sendSetup: (before: FormState, form: FormData) => Promise<FormState>
}

type Values = Omit<SetupInput, 'secret'>
type Complaints = { [Name in keyof Values]?: string | undefined }

const UNREACHABLE = 'The server could not be reached. Try again.'
const EMPTY: Values = { organizationName: '', slug: '', displayName: '', email: '', password: '' }

type Checked =
  | { input: SetupInput; issues?: never }
  | { input?: never; issues: { name: string; detail: string }[] }

/** Loads the rules with the first try: the schema library is a sixth of what the page may weigh. */
async function checkSetup(input: SetupInput): Promise<Checked> {
  const { setupSchema } = await import('@/lib/auth/schema')
  const parsed = setupSchema.safeParse(input)
  if (parsed.success) return { input: parsed.data }
  const { issues } = parsed.error
  return { issues: issues.map(({ path, message }) => ({ name: String(path[0]), detail: message })) }
}

/** Where the browser sent the form. */
const complaintsOf = ({ problem }: FormState): Complaints =>
  Object.fromEntries(Object.keys(EMPTY).map((name) => [name, errorAt(problem, `/${name}`)]))

export function SetupForm({ secret, host, completeSetup, sendSetup }: SetupFormProps) {
  const [sent, send] = useActionState(sendSetup, NOTHING_SENT)
  const [values, setValues] = useState<Values>({ ...EMPTY, ...sent.values })
  const [slugTouched, setSlugTouched] = useState(false)
  const [complaints, setComplaints] = useState<Complaints>(() => complaintsOf(sent))
  const [failure, setFailure] = useState(sent.problem?.message ?? null)
  const [busy, startTransition] = useTransition()
  const form = useRef<HTMLFormElement>(null)

  /** Everything a text field needs to know about its part of the form. */
  const bind = (name: keyof Values) => ({
    name,
    value: values[name],
    onChange: (event: { target: { value: string } }) => change(name, event.target.value),
  })

  function change(name: keyof Values, value: string) {
    if (name === 'slug') setSlugTouched(true)
    const follows = name === 'organizationName' && !slugTouched
    setValues((latest) => ({
      ...latest,
      [name]: value,
      ...(follows ? { slug: proposeSlug(value) } : {}),
    }))
    setComplaints((latest) => ({
      ...latest,
      [name]: undefined,
      ...(follows ? { slug: undefined } : {}),
    }))
  }

  function complain(errors: readonly { name: string; detail: string }[]) {
    const known = errors.filter(({ name }) => name in EMPTY)
    // Reversed: of several complaints about one field the first is shown.
    setComplaints(Object.fromEntries(known.toReversed().map(({ name, detail }) => [name, detail])))
    form.current?.querySelector<HTMLInputElement>(`[name="${known[0]?.name}"]`)?.focus()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    startTransition(async () => {
      setFailure(null)
      const checked = await checkSetup({ ...values, secret }).catch(() => null)
      if (!checked) return setFailure(UNREACHABLE)
      if (checked.issues) return complain(checked.issues)
      const answer = await completeSetup(checked.input).catch(() => null)
      if (!answer?.ok) {
        const errors = answer?.problem.errors ?? []
        complain(errors.map(({ pointer, detail }) => ({ name: pointer.slice(1), detail })))
        return setFailure(answer?.problem.message ?? UNREACHABLE)
      }
      await presentCredentials(checked.input.email, checked.input.password)
      // Signed in or not: the front page knows where to go.
      window.location.assign('/')
      return new Promise(() => undefined)
    })
  }

  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h1 className="font-semibold text-ink text-xl">Set up Fruxon</h1>
        <p className="text-muted text-sm">
          Make the first organization. You become its admin and can add others later.
        </p>
      </div>
      <form ref={form} action={send} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <input type="hidden" name="secret" value={secret} />
        {failure ? (
          <Callout tone="danger" live>
            {failure}
          </Callout>
        ) : null}
        <Field label="Organization name" error={complaints.organizationName}>
          <Input {...bind('organizationName')} autoComplete="organization" autoFocus />
        </Field>
        <Field
          label="Organization address"
          description="Part of every link and API path."
          error={complaints.slug}
        >
          <Input
            {...bind('slug')}
            prefix={`${host}/`}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Field label="Your name" error={complaints.displayName}>
          <Input {...bind('displayName')} autoComplete="name" />
        </Field>
        <Field label="Your e-mail address" error={complaints.email}>
          <Input
            {...bind('email')}
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Field>
        <NewPasswordField
          label="Password"
          name="password"
          value={values.password}
          onChange={(password) => change('password', password)}
          error={complaints.password}
          person={{ ...values, organizationNames: [values.organizationName] }}
        />
        <SubmitButton loading={busy} withoutScripts>
          Create organization
        </SubmitButton>
      </form>
    </div>
  )
}
