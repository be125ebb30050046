'use client'

import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'

export interface DemoLoginChoice {
  userId: string
  email: string
  displayName: string
  roleLabel: string
  organizationNames: readonly string[]
}

export type DemoLoginsProps = {
  logins: readonly DemoLoginChoice[]
  password: string
  onChoose: (email: string) => void
}

/** People of the demo organizations; choosing one fills the form. */
export function DemoLogins({ logins, password, onChoose }: DemoLoginsProps) {
  const severalOrganizations = new Set(logins.flatMap((login) => login.organizationNames)).size > 1
  return (
    <section aria-labelledby="demo-logins" className="flex flex-col gap-2">
      <h2 id="demo-logins" className="font-medium text-ink text-sm">
        Try a demo login
      </h2>
      <p className="text-muted text-xs">
        Choose a person to fill the form. Everyone’s password is{' '}
        <code className="whitespace-nowrap text-ink">{password}</code>
      </p>
      <ul className="flex flex-col divide-y divide-subtle overflow-hidden rounded-lg border border-subtle bg-surface">
        {logins.map((login) => (
          <li key={login.email}>
            <button
              type="button"
              onClick={() => onChoose(login.email)}
              className="focus-inset flex w-full items-center gap-3 px-3 py-2 text-left hover:bg-hover"
            >
              <Avatar name={login.displayName} seed={login.userId} size="sm" />
              <span className="flex min-w-0 flex-1 flex-col">
                <span className="truncate text-ink text-sm">{login.email}</span>
                {severalOrganizations ? (
                  <span className="truncate text-muted text-xs">
                    {login.organizationNames.join(', ')}
                  </span>
                ) : null}
              </span>
              <Badge>{login.roleLabel}</Badge>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
