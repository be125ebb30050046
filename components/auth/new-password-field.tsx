'use client'

import { useEffect, useState } from 'react'
import { PasswordInput } from '@/components/auth/password-input'
import { Field } from '@/components/ui/field'
import { PASSWORD_MIN_CHARACTERS } from '@/lib/auth/model'
import type { PasswordStrength, PersonalWords } from '@/lib/auth/password-strength'
import { StrengthMeter } from './strength-meter'

/** Quiet for as long as this, so that not every letter is estimated. */
const PAUSE_MS = 150
/** More is refused anyway, and would take long to estimate. */
const ESTIMATED_CHARACTERS = 72

export type NewPasswordFieldProps = {
  label?: string | undefined
  name: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
  /** Whose password it becomes: their own names make it weak. */
  person: PersonalWords
  autoFocus?: boolean | undefined
}

/** A password being chosen, with how hard it is to guess. */
export function NewPasswordField({
  label = 'New password',
  name,
  value,
  onChange,
  error,
  person,
  autoFocus = false,
}: NewPasswordFieldProps) {
  const strength = useStrength(value, person)
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={label}
        description={`At least ${PASSWORD_MIN_CHARACTERS} characters. A few unrelated words work well.`}
        error={error}
      >
        <PasswordInput
          name={name}
          autoComplete="new-password"
          autoFocus={autoFocus}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <StrengthMeter strength={value === '' ? null : strength} />
    </div>
  )
}

/** The estimate of what was typed last; null before the first, and where its code cannot be fetched. */
function useStrength(password: string, person: PersonalWords): PasswordStrength | null {
  const [strength, setStrength] = useState<PasswordStrength | null>(null)
  const { displayName, email } = person
  const organizations = person.organizationNames.join('\n')
  // The network is the external system: the dictionaries weigh more than the page.
  useEffect(() => {
    if (password === '') return
    let current = true
    async function estimate() {
      const { passwordStrength } = await import('@/lib/auth/password-strength')
      const words = { displayName, email, organizationNames: organizations.split('\n') }
      const found = await passwordStrength(password.slice(0, ESTIMATED_CHARACTERS), words)
      if (current) setStrength(found)
    }
    // Without it the form works all the same: the server judges.
    const pause = setTimeout(() => void estimate().catch(() => undefined), PAUSE_MS)
    return () => {
      current = false
      clearTimeout(pause)
    }
  }, [password, displayName, email, organizations])
  return strength
}
