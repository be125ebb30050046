'use server'

import { redirect } from 'next/navigation'
import { personAction, publicAction } from '@/app/_session/action-result'
import { formOf } from '@/app/_session/form-action'
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

export const sendAcceptance = formOf(accept, {
  schema: answerInvitationSchema,
  done: ({ slug }) => redirect(`/${slug}/settings`),
})

export const sendAcceptanceAsNew = formOf(acceptAsNew, {
  schema: acceptAsNewPersonSchema,
  keep: ['displayName'],
  done: ({ slug }) => redirect(`/sign-in?returnTo=${encodeURIComponent(`/${slug}/settings`)}`),
})

export const sendRefusal = formOf(decline, { schema: answerInvitationSchema })
