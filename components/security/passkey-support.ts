'use client'

import { useHydrated } from '@/components/ui/use-hydrated'

/** What decides whether passkeys can be used on a page. */
export interface PasskeySetting {
  /** The host name that passkeys of this site belong to. */
  siteHost: string
  /** The host in the browser's address bar. */
  openedAt: string
  /** Open by https, or on this very machine. */
  secure: boolean
  /** The browser has WebAuthn. */
  supported: boolean
}

/** Why no passkey can be made here, in words for the person; null where one can. */
export function passkeyObstacle(setting: PasskeySetting): string | null {
  const { siteHost, openedAt, secure, supported } = setting
  if (isNetworkAddress(siteHost)) {
    return 'Passkeys belong to the name of a site, and this one has only a network address. Ask whoever runs it to give it a name.'
  }
  if (openedAt !== siteHost) {
    return `Passkeys of this site belong to ${siteHost}. Open it there to use them.`
  }
  if (!secure) {
    return 'Browsers keep passkeys for sites that are open by https. Ask whoever runs this one to set that up.'
  }
  return supported ? null : 'This browser cannot use passkeys. A newer one, or another one, can.'
}

/** The same for this page; null on the server, which does not know the browser. */
export function usePasskeyObstacle(siteHost: string): string | null {
  const hydrated = useHydrated()
  if (!hydrated) return null
  return passkeyObstacle({
    siteHost,
    openedAt: window.location.hostname,
    secure: window.isSecureContext,
    supported: 'PublicKeyCredential' in window,
  })
}

function isNetworkAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.startsWith('[')
}
