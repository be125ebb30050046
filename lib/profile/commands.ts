import { displayNameSchema } from '@/lib/auth/schema'
import type { Context } from '@/lib/context'
import { invalid } from '@/lib/errors'
import { changeAccount, type OwnAccount, ownAccount } from '@/lib/profile/account'
import { displayNameOf, namePartsOf } from '@/lib/profile/model'
import type { AccountPatch, DisplayNameChange } from '@/lib/profile/schema'

/**
 * Renames the caller, everywhere at once: the name belongs to the person, not to a membership.
 * @returns the name as it is now
 * @throws DomainError forbidden | not-found for an account just removed
 */
export async function updateDisplayName(
  ctx: Context,
  input: DisplayNameChange,
): Promise<{ displayName: string }> {
  const { displayName } = await changeAccount(ownAccount(ctx), {
    nameFrom: () => input.displayName,
  })
  return { displayName }
}

/**
 * The same by the two parts of a name, each left as it is where it is not given; and without a picture where
 * `avatarFileId` is null.
 * @throws DomainError invalid at /firstName | /lastName | not-found for an account just removed
 */
export async function patchAccount(account: OwnAccount, patch: AccountPatch): Promise<void> {
  const { firstName, lastName, avatarFileId } = patch
  const given = firstName != null || lastName != null
  await changeAccount(account, {
    ...(given && { nameFrom: (present) => renamed(present, patch) }),
    ...(avatarFileId === null && { picture: null }),
  })
}

function renamed(present: string, { firstName, lastName }: AccountPatch): string {
  const parts = namePartsOf(present)
  const name = displayNameOf({
    firstName: firstName ?? parts.firstName,
    lastName: lastName ?? parts.lastName,
  })
  const checked = displayNameSchema.safeParse(name)
  if (checked.success) return checked.data
  const pointer = firstName == null ? '/lastName' : '/firstName'
  throw invalid(checked.error.issues.map(({ message }) => ({ pointer, detail: message })))
}
