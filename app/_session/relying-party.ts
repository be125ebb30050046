import { runtime } from '@/lib/runtime'
import type { RelyingParty } from '@/lib/two-factor/model'

/** This site as authenticators know it: they sign for the address that people see, so it is PUBLIC_URL. */
export function relyingParty(): RelyingParty {
  const { hostname, origin } = new URL(runtime().environment.PUBLIC_URL)
  return { id: hostname, name: 'Fruxon', origin }
}
