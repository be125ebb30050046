import { z } from '@hono/zod-openapi'
import { epochMs } from '@/app/v1/_api/wire-schema'
import { ROLES, type Role } from '@/lib/access/roles'
import type { AccountFacts } from '@/lib/profile/account'
import { namePartsOf } from '@/lib/profile/model'

export const wireRole = z.enum(ROLES)

export const userSchema = z
  .strictObject({
    id: z.uuid(),
    username: z.string().openapi({ description: 'The same as `email`.' }),
    email: z.string(),
    firstName: z.string().openapi({
      description: 'All words of the name but the last. Of one word, that word.',
    }),
    lastName: z.string().openapi({
      description: 'The last word of the name. Empty where it has only one.',
    }),
    avatarFileId: z
      .string()
      .nullable()
      .openapi({ description: 'Of `/pictures/{avatarFileId}/256.webp`. Null = no picture.' }),
    status: z.enum(['ACTIVE']).openapi({
      description: 'Whoever is invited and has not joined yet is no user of the organization.',
    }),
    role: z.enum(['UNSPECIFIED', ...ROLES]).openapi({
      description: 'In the organization of the path; UNSPECIFIED where the path names none.',
    }),
    createdAt: epochMs,
    modifiedAt: epochMs,
  })
  .openapi('User')

/** People have one name here; older clients know two fields (lib/profile/model.ts). */
export function userToWire(account: AccountFacts & { role?: Role }) {
  return {
    id: account.userId,
    username: account.email,
    email: account.email,
    ...namePartsOf(account.displayName),
    avatarFileId: account.avatarId,
    status: 'ACTIVE',
    role: account.role ?? 'UNSPECIFIED',
    createdAt: account.createdAt,
    modifiedAt: account.modifiedAt,
  }
}
