import { requirePerson } from '@/lib/access/person'
import type { Context } from '@/lib/context'
import { encodePicture } from '@/lib/pictures/encode'
import { storePicture } from '@/lib/pictures/store'
import { changeAccount, ownAccount } from '@/lib/profile/account'

/**
 * Gives the caller a picture in place of their earlier one, which is removed.
 * @returns the id of the new one
 * @throws DomainError forbidden | invalid at /picture for what is no picture that we take
 */
export async function setAvatar(
  ctx: Context,
  input: { picture: Uint8Array },
): Promise<{ avatarId: string | null }> {
  requirePerson(ctx.principal)
  const encoded = await encodePicture(input.picture)
  const { avatarId } = await changeAccount(ownAccount(ctx), {
    picture: (client) => storePicture(client, encoded),
  })
  return { avatarId }
}

/** Shows the caller's initials again. @throws DomainError forbidden */
export async function removeAvatar(ctx: Context): Promise<void> {
  await changeAccount(ownAccount(ctx), { picture: null })
}
