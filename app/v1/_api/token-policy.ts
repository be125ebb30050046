import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { json } from '@/app/v1/_api/reply'
import { getTokenPolicy, updateTokenPolicy } from '@/lib/organization/policy'
import { tokenPolicyPatchSchema, tokenPolicySchema } from '@/lib/organization/schema'

const TAG = 'Token policy'
const PATH = `${TENANT_PREFIX}/tokenPolicy`

export const TOKEN_POLICY_OPERATIONS = [
  operation({
    id: 'getTokenPolicy',
    tag: TAG,
    method: 'get',
    path: PATH,
    summary: 'Read the organization’s token policy',
    scope: 'organization:read',
    success: { status: 200, description: 'The policy.', schema: tokenPolicySchema },
    run: async (call) => json(await getTokenPolicy(call.ctx)),
  }),
  operation({
    id: 'patchTokenPolicy',
    tag: TAG,
    method: 'patch',
    path: PATH,
    summary: 'Change the organization’s token policy',
    description:
      'Fields left out stay. A tighter policy bites at the next use of each token. A program may tighten it, never loosen it. Needs a token of an admin or a service account.',
    scope: 'organization:write',
    body: { schema: tokenPolicyPatchSchema, required: true },
    success: { status: 200, description: 'The policy as it is now.', schema: tokenPolicySchema },
    run: async (call) => json(await updateTokenPolicy(call.ctx, call.body)),
  }),
]
