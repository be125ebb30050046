import { DomainError } from '@/lib/errors'
import { runtime } from '@/lib/runtime'

/** Whether this installation can send e-mail: what depends on a link is offered only then. */
export function emailAvailable(): boolean {
  return runtime().environment.SMTP_URL !== undefined
}

/** @throws DomainError unavailable `email_unavailable` */
export function requireEmail(): void {
  if (emailAvailable()) return
  throw new DomainError(
    'unavailable',
    'email_unavailable',
    'This installation cannot send e-mail. Ask whoever runs it to set that up.',
  )
}
