import { z } from '@hono/zod-openapi'
import { type PersonCall, personOperation } from '@/app/v1/_api/operation'
import { empty, json } from '@/app/v1/_api/reply'
import { wireRole } from '@/app/v1/_api/user-resource'
import { epochMs } from '@/app/v1/_api/wire-schema'
import { acceptInvitation } from '@/lib/team/accept'
import {
  acceptOwnInvitation,
  declineOwnInvitation,
  listOwnInvitations,
  type OwnAnswer,
} from '@/lib/team/pending'

const TAG = 'Own invitations'
const COLLECTION = '/v1/me/pendingInvitations'
const ITEM = `${COLLECTION}/{tenantId}`

const ONLY_PROVEN =
  'Invitations are found by your e-mail address: first show that the mailbox is yours, by the link in an invitation or by “Verify this address” in your profile.'

const pendingInvitationSchema = z
  .strictObject({
    tenantId: z.uuid(),
    tenantSlug: z.string(),
    tenantDisplayName: z.string(),
    role: wireRole,
    invitedAt: epochMs,
  })
  .openapi('PendingInvitation')

/** A body of an operation that takes none: an empty object passes, a field that would be ignored does not. */
const noBody = { schema: z.strictObject({}), required: false }

function answerOf(call: PersonCall): OwnAnswer {
  const { person } = call
  const { db, request } = person
  return { db, organizationId: call.id('tenantId'), person, request }
}

export const OWN_INVITATION_OPERATIONS = [
  personOperation({
    id: 'listPendingInvitations',
    tag: TAG,
    method: 'get',
    path: COLLECTION,
    summary: 'List where you are asked to join',
    description: `Of all organizations, newest first, without expired ones. ${ONLY_PROVEN} Until then the list is empty.`,
    permission: null,
    success: {
      status: 200,
      description: 'All of them.',
      schema: z.array(pendingInvitationSchema),
    },
    run: async ({ person }) => {
      const invitations = await listOwnInvitations(person.db, person)
      return json(
        invitations.map((invitation) => ({
          tenantId: invitation.organizationId,
          tenantSlug: invitation.organizationSlug,
          tenantDisplayName: invitation.organizationName,
          role: invitation.role,
          invitedAt: invitation.invitedAt,
        })),
      )
    },
  }),
  personOperation({
    id: 'acceptPendingInvitation',
    tag: TAG,
    method: 'post',
    path: `${ITEM}:accept`,
    summary: 'Join an organization',
    description: `Whoever is a member already gets the same answer. ${ONLY_PROVEN}`,
    permission: null,
    body: noBody,
    success: { status: 204, description: 'You are a member.' },
    run: async (call) => {
      await acceptOwnInvitation(answerOf(call))
      return empty()
    },
  }),
  personOperation({
    id: 'declinePendingInvitation',
    tag: TAG,
    method: 'post',
    path: `${ITEM}:decline`,
    summary: 'Say no to an organization',
    description: `To join later takes another invitation. ${ONLY_PROVEN}`,
    permission: null,
    body: noBody,
    success: { status: 204, description: 'The invitation has ended.' },
    run: async (call) => {
      await declineOwnInvitation(answerOf(call))
      return empty()
    },
  }),
  personOperation({
    id: 'acceptInvitation',
    tag: TAG,
    method: 'post',
    path: '/v1/invitations/{ticket}',
    summary: 'Join an organization by the link of its e-mail',
    description:
      'You must be signed in with the address that was invited. Repeated by the same person it gives the same answer.',
    permission: null,
    conflicts: true,
    secretInPath: true,
    body: noBody,
    success: { status: 204, description: 'You are a member.' },
    run: async (call) => {
      const { person } = call
      const { db, request } = person
      await acceptInvitation({ db, secret: call.text('ticket'), person, request })
      return empty()
    },
  }),
]
