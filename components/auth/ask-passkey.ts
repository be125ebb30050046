import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { passkeyObstacle } from '@/components/security/passkey-support'

export type PasskeyAnswer =
  | { ok: true; assertion: AuthenticationResponseJSON }
  | { ok: false; message: string }

/**
 * Lets the browser ask for a passkey. Its code comes when it is first needed.
 * @param options as the server made them: good once, for some minutes
 */
export async function askPasskey(
  options: PublicKeyCredentialRequestOptionsJSON,
): Promise<PasskeyAnswer> {
  const obstacle = passkeyObstacle({
    siteHost: options.rpId ?? '',
    openedAt: window.location.hostname,
    secure: window.isSecureContext,
    supported: 'PublicKeyCredential' in window,
  })
  if (obstacle !== null) return { ok: false, message: obstacle }
  try {
    const { startAuthentication } = await import('@simplewebauthn/browser')
    return { ok: true, assertion: await startAuthentication({ optionsJSON: options }) }
  } catch {
    // Browsers do not tell "there is none" from "the person said no", and neither do we.
    return { ok: false, message: 'No passkey was used. Try again, or choose another way.' }
  }
}
