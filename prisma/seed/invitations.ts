import { newOpaqueSecret, opaqueSecretHash } from '@/lib/auth/opaque-secret'
import type { Transaction } from '@/lib/db/database'
import { newId } from '@/lib/ids'
import { INVITATION_DAYS } from '@/lib/team/model'
import { DAY_MS } from '@/lib/tokens/model'
import type { DemoOrganization } from '@/prisma/seed/demo-organization'
import type { Cast } from '@/prisma/seed/families'
import type { PastEvent } from '@/prisma/seed/history'

/**
 * Invitations that nobody has answered, with links that nobody knows: they can be sent again.
 * @returns their part of the audit trail
 */
export async function insertInvitations(
  tx: Transaction,
  organizationId: string,
  { invitations = [] }: DemoOrganization,
  cast: Cast,
  now: number,
): Promise<PastEvent[]> {
  const planned = invitations.map((invitation) => ({
    ...invitation,
    id: newId(),
    inviter: cast.person(invitation.by),
    at: now - invitation.sentAgo * DAY_MS,
  }))
  await tx.invitation.createMany({
    data: planned.map(({ id, email, role, message = '', inviter, at }) => ({
      organizationId,
      id,
      email,
      role,
      secretHash: new Uint8Array(opaqueSecretHash(newOpaqueSecret())),
      message,
      invitedById: inviter.id,
      invitedByLabel: inviter.label,
      createdAt: new Date(at),
      sentAt: new Date(at),
      expiresAt: new Date(at + INVITATION_DAYS * DAY_MS),
    })),
  })
  return planned.map(({ id, email, role, inviter, at }) => ({
    at,
    eventType: 'MEMBER_INVITED',
    actor: { type: 'USER', ...inviter, tokenId: null },
    target: { type: 'invitation', id, label: email, familyId: null },
    details: { role },
  }))
}
