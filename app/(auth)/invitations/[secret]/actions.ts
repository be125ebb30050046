'use server'

import { personAction, publicAction } from '@/app/_session/action-result'
import { runtime } from '@/lib/runtime'
import { acceptInvitation, acceptInvitationAsNewPerson, declineInvitation } from '@/lib/team/accept'
import { acceptAsNewPersonSchema, answerInvitationSchema } from '@/lib/team/schema'

export const accept = personAction(answerInvitationSchema, (person, { secret }, request) =>
  acceptInvitation({ db: runtime().db, secret, person, request }),
)

export const acceptAsNew = publicAction(acceptAsNewPersonSchema, (input, request) =>
  acceptInvitationAsNewPerson({ db: runtime().db, ...input, request }),
)

export const decline = publicAction(answerInvitationSchema, ({ secret }, request) =>
  declineInvitation({ db: runtime().db, secret, request }),
)
