import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { isUuid } from '@/lib/ids'
import { isNotificationKind, type NotificationKind } from '@/lib/notifications/model'

/** What a link in an e-mail ends, without a sign-in: one kind of a person, or their digest. */
export interface Subscription {
  userId: string
  what: NotificationKind | 'digest'
}

/** Sets these secrets apart from the links of e-mails, which are sealed for the id of the e-mail. */
const PURPOSE = 'unsubscribe'

/** `/unsubscribe/SECRET`; mail programs post to `/unsubscribe/SECRET/one-click`. Good for ever. */
export function unsubscribePath(sealer: EmailLinkSealer, { userId, what }: Subscription): string {
  const secret = sealer.seal(PURPOSE, `${userId} ${what}`).toString('base64url')
  return `/unsubscribe/${secret}`
}

/** Null for what this installation did not seal. */
export function subscriptionOf(sealer: EmailLinkSealer, secret: string): Subscription | null {
  try {
    const [userId = '', what = ''] = sealer
      .open(PURPOSE, Buffer.from(secret, 'base64url'))
      .split(' ')
    if (!isUuid(userId) || !(what === 'digest' || isNotificationKind(what))) return null
    return { userId, what }
  } catch {
    return null
  }
}
