import { type PersonOperation, personOperation, type SignedInPerson } from '@/app/v1/_api/operation'
import { json, type Reply } from '@/app/v1/_api/reply'
import { userSchema, userToWire } from '@/app/v1/_api/user-resource'
import { getAccount } from '@/lib/profile/account'
import { patchAccount } from '@/lib/profile/commands'
import { accountPatchSchema } from '@/lib/profile/schema'

const TAG = 'Own account'
const PATH = '/v1/users/me'
const OLDER_PATH = '/v1/userProfile'

async function replyWith(person: SignedInPerson): Promise<Reply> {
  return json(userToWire(await getAccount(person)))
}

const getOwnUser = personOperation({
  id: 'getOwnUser',
  tag: TAG,
  method: 'get',
  path: PATH,
  summary: 'Read your own account',
  permission: 'profile:write',
  success: { status: 200, description: 'You.', schema: userSchema },
  run: ({ person }) => replyWith(person),
})

const patchOwnUser = personOperation({
  id: 'patchOwnUser',
  tag: TAG,
  method: 'patch',
  path: PATH,
  summary: 'Change your own name, or remove your picture',
  description:
    'The two parts are joined to one name, which is what is kept. Every organization of yours finds the change in its audit log. A new picture, address or password is set in the dashboard.',
  permission: 'profile:write',
  body: { schema: accountPatchSchema, required: true },
  success: { status: 200, description: 'You, now.', schema: userSchema },
  run: async ({ person, body }) => {
    await patchAccount(person, body)
    return replyWith(person)
  },
})

function olderForm(successor: PersonOperation): PersonOperation {
  return {
    ...successor,
    id: `${successor.id}Deprecated`,
    tag: `${TAG} (deprecated)`,
    path: OLDER_PATH,
    summary: `${successor.summary} (older path)`,
    description: `The same as \`${successor.method.toUpperCase()} ${PATH}\`; use that.`,
    successor: successor.id,
  }
}

export const OWN_ACCOUNT_OPERATIONS = [
  getOwnUser,
  patchOwnUser,
  olderForm(getOwnUser),
  olderForm(patchOwnUser),
]
