import { addPasskey, askForPasskey } from '@/app/[tenant]/settings/profile/security-actions'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import type { Reauthentication } from '@/components/settings/use-reauthentication'
import type { NewRecoveryCodes } from '@/lib/two-factor/model'

/** What browsers call their refusals, and what to tell the person. */
const REFUSALS: Readonly<Record<string, string>> = {
  NotAllowedError: 'The browser made no passkey: it was cancelled, or it took too long. Try again.',
  AbortError: 'It was cancelled. Try again.',
  InvalidStateError: 'This device holds a passkey of yours already.',
  SecurityError: 'The browser allows no passkeys at this address. Open the site by its own name.',
}
const UNKNOWN = 'The browser could not make a passkey. Try again, or use another browser or device.'

/** Has the browser make a passkey, and keeps it under this name. */
export async function createPasskey(
  tenant: string,
  name: string,
  run: Reauthentication['run'],
): Promise<Outcome<NewRecoveryCodes>> {
  const asked = await run(() => attempt(() => askForPasskey(tenant, {})))
  if (!asked.ok) return asked
  try {
    // Loaded with the first passkey: nobody else needs its code.
    const { startRegistration } = await import('@simplewebauthn/browser')
    const response = await startRegistration({ optionsJSON: asked.data })
    return await run(() => attempt(() => addPasskey(tenant, { name, response })))
  } catch (error) {
    const message = REFUSALS[error instanceof Error ? error.name : ''] ?? UNKNOWN
    return { ok: false, problem: { code: 'passkey_not_made', message, errors: [] } }
  }
}
