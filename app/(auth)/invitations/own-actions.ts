'use server'

import { personAction } from '@/app/_session/action-result'
import { runtime } from '@/lib/runtime'
import { acceptOwnInvitation, declineOwnInvitation } from '@/lib/team/pending'
import { ownInvitationSchema } from '@/lib/team/schema'

export const acceptOwn = personAction(ownInvitationSchema, (person, { organizationId }, request) =>
  acceptOwnInvitation({ db: runtime().db, organizationId, person, request }),
)

export const declineOwn = personAction(ownInvitationSchema, (person, { organizationId }, request) =>
  declineOwnInvitation({ db: runtime().db, organizationId, person, request }),
)
