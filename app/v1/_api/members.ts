import { z } from '@hono/zod-openapi'
import { personOperation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { pageRequest } from '@/app/v1/_api/query'
import { empty, json } from '@/app/v1/_api/reply'
import { userSchema, userToWire, wireRole } from '@/app/v1/_api/user-resource'
import { epochMs, pageOf } from '@/app/v1/_api/wire-schema'
import { invalid } from '@/lib/errors'
import { getMember, listMemberPage } from '@/lib/team/directory'
import { inviteMembers } from '@/lib/team/invitations'
import { changeRole, removeMember } from '@/lib/team/members'
import { inviteMemberSchema, roleChangeSchema } from '@/lib/team/schema'

const TAG = 'Members'
const COLLECTION = `${TENANT_PREFIX}/users`
const ITEM = `${COLLECTION}/{user}`

const invitationSchema = z
  .strictObject({
    id: z.uuid(),
    userEmail: z.string(),
    slug: z.string().openapi({ description: 'Of the organization.' }),
    displayName: z.string().openapi({ description: 'Of the organization.' }),
    role: wireRole,
    expiresAt: epochMs,
  })
  .openapi('Invitation')

export const MEMBER_OPERATIONS = [
  personOperation({
    id: 'listUsers',
    tag: TAG,
    method: 'get',
    path: COLLECTION,
    summary: 'List the members',
    description: 'In the order in which they joined. Any member may read it.',
    permission: 'members:read',
    query: PAGING_PARAMETERS,
    success: {
      status: 200,
      description: 'One page of members.',
      schema: pageOf(userSchema, 'UserPage'),
    },
    run: async (call) => {
      const page = await listMemberPage(call.ctx, pageRequest(call.query))
      return json({ ...page, items: page.items.map(userToWire) })
    },
  }),
  personOperation({
    id: 'getUser',
    tag: TAG,
    method: 'get',
    path: ITEM,
    summary: 'Get one member',
    permission: 'members:read',
    success: { status: 200, description: 'The member.', schema: userSchema },
    run: async (call) => json(userToWire(await getMember(call.ctx, { userId: call.id('user') }))),
  }),
  personOperation({
    id: 'patchUser',
    tag: TAG,
    method: 'patch',
    path: ITEM,
    summary: 'Give a member another role',
    description:
      'For admins. Making and unmaking admins needs a proof of identity of the last 10 minutes. The only admin stays one.',
    permission: 'members:write',
    conflicts: true,
    body: { schema: roleChangeSchema, required: true },
    success: { status: 200, description: 'The member now.', schema: userSchema },
    run: async (call) => {
      const userId = call.id('user')
      await changeRole(call.ctx, { userId, role: call.body.role })
      return json(userToWire(await getMember(call.ctx, { userId })))
    },
  }),
  personOperation({
    id: 'removeUser',
    tag: TAG,
    method: 'delete',
    path: ITEM,
    summary: 'Remove a member',
    description:
      'For admins with a proof of identity of the last 10 minutes. The person’s tokens of this organization end.',
    permission: 'members:write',
    conflicts: true,
    success: { status: 204, description: 'Removed.' },
    run: async (call) => {
      await removeMember(call.ctx, { userId: call.id('user') })
      return empty()
    },
  }),
  personOperation({
    id: 'inviteUser',
    tag: TAG,
    method: 'post',
    path: `${COLLECTION}:invite`,
    summary: 'Invite somebody by e-mail',
    description:
      'For admins. Sends a link that is good for 7 days, and ends the link of an earlier invitation to the same address. Where the installation sends no e-mail, invite in the dashboard, which shows the link.',
    permission: 'members:write',
    body: { schema: inviteMemberSchema, required: true },
    success: { status: 200, description: 'The invitation.', schema: invitationSchema },
    run: async ({ ctx, body }) => {
      const [sent] = await inviteMembers(ctx, { emails: [body.email], role: body.role })
      if (sent?.outcome === 'invited' || sent?.outcome === 'replaced') {
        const { slug, name: displayName } = ctx.organization
        const { invitationId: id, email: userEmail, expiresAt } = sent
        return json({ id, userEmail, slug, displayName, role: body.role, expiresAt })
      }
      const detail = `${body.email} is a member already.`
      throw invalid([{ pointer: '/email', detail }], 'already_member')
    },
  }),
]
