import type { UserPrincipal } from '@/lib/access/principal'
import { buildContext, type Context, type OrganizationContext } from '@/lib/context'
import { newId } from '@/lib/ids'
import type { Runtime } from '@/lib/runtime'
import type { Cast } from '@/prisma/seed/families'

/** An organization of the demo with those who are in it. */
export interface DemoPlace {
  organization: OrganizationContext
  cast: Cast
}

/** Somebody of the demo who acts in the dashboard now, for what the product is to do by its own way. */
export function personContext(
  { db, crypto }: Pick<Runtime, 'db' | 'crypto'>,
  { organization, cast }: DemoPlace,
  { email, role, now }: { email: string; role: UserPrincipal['role']; now: number },
): Context<UserPrincipal> {
  const { id, label } = cast.person(email)
  return buildContext({
    principal: {
      kind: 'user',
      userId: id,
      sessionId: newId(),
      displayName: label,
      email,
      role,
      reauthenticatedAt: now,
    },
    ...{ organization, db, crypto, now },
    request: { id: newId(), channel: 'dashboard', ip: null, userAgent: null },
  })
}
