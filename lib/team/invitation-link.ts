import { createHash } from 'node:crypto'
import { newOpaqueSecret, opaqueSecretHash } from '@/lib/auth/opaque-secret'

/**
 * An invitation has two links to the same door. The e-mailed one is random and leaves this process only sealed
 * for the mailbox; the one that is shown to whoever invites is made of it by a hash, so nobody finds the first
 * by the second. What is stored is the hash of the shown one. Coming by the e-mailed link is therefore a proof
 * of the mailbox, however often the shown one was handed around.
 */
export interface InvitationSecrets {
  mailed: string
  shown: string
  /** What is stored. */
  hash: Buffer
}

export function newInvitationSecrets(): InvitationSecrets {
  const mailed = newOpaqueSecret()
  const shown = shownSecretOf(mailed)
  return { mailed, shown, hash: opaqueSecretHash(shown) }
}

/** What is stored of the invitation that a presented secret opens, by which of its two links it may be. */
export interface PresentedInvitation {
  asShown: Buffer
  asMailed: Buffer
}

export function presentedInvitation(secret: string): PresentedInvitation {
  return {
    asShown: opaqueSecretHash(secret),
    asMailed: opaqueSecretHash(shownSecretOf(secret)),
  }
}

function shownSecretOf(mailed: string): string {
  return createHash('sha256')
    .update(`fruxon shown invitation ${mailed}`, 'utf8')
    .digest('base64url')
}
