import type { ActionProblem } from '@/components/settings/action-outcome'
import { INVITATIONS_AT_ONCE, type Member, type PendingInvitation } from '@/lib/team/model'
import { isAddress } from './address-list'

/** What there is to say about an address before it is invited. */
export interface AddressNote {
  /** `problem`: nothing can be sent like this. `skipped`: nothing is sent to it. `info`: this happens. */
  kind: 'problem' | 'skipped' | 'info'
  text: string
}

export type AddressNotes = ReadonlyMap<string, AddressNote>

interface Known {
  members: readonly Member[]
  invitations: readonly PendingInvitation[]
  /** What the server said of them; it counts them by their place. */
  refused: ActionProblem | null
}

export function notesAbout(addresses: readonly string[], known: Known): AddressNotes {
  const members = new Set(known.members.map(({ email }) => email))
  const invited = new Set(known.invitations.map(({ email }) => email))
  const notes = new Map<string, AddressNote>()
  for (const [index, address] of addresses.entries()) {
    const refusal = known.refused?.errors.find(({ pointer }) => pointer === `/emails/${index}`)
    if (refusal || !isAddress(address)) {
      notes.set(address, { kind: 'problem', text: refusal?.detail ?? 'Not an e-mail address.' })
    } else if (members.has(address)) {
      notes.set(address, { kind: 'skipped', text: 'A member already: will be passed over.' })
    } else if (invited.has(address)) {
      notes.set(address, { kind: 'info', text: 'Invited before: gets a new link.' })
    }
  }
  return notes
}

/** Why the list cannot be sent, or undefined. */
export function addressesProblem(addresses: readonly string[]): string | undefined {
  if (addresses.length === 0) return 'Enter at least one e-mail address.'
  if (!addresses.every(isAddress)) return 'Correct or remove the marked addresses.'
  return addresses.length > INVITATIONS_AT_ONCE
    ? `Invite at most ${INVITATIONS_AT_ONCE} people at once: remove ${addresses.length - INVITATIONS_AT_ONCE}.`
    : undefined
}
