import { v7 } from 'uuid'
import type { Transaction } from '@/lib/db/database'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import { newId } from '@/lib/ids'
import {
  NOTIFICATION_KINDS,
  type NotificationFacts,
  type NotificationKind,
  type NotificationReason,
  whyOf,
  wordsOf,
} from '@/lib/notifications/model'
import { unsubscribePath } from '@/lib/notifications/unsubscribe-secret'
import { EXPIRY_STEPS, expiryKey, stepOf } from '@/lib/tokens/expiry-notices'
import { DAY_MS, effectiveExpiry } from '@/lib/tokens/model'
import type { DemoOrganization } from '@/prisma/seed/demo-organization'
import type { Cast, PlannedFamily } from '@/prisma/seed/families'

/** What people would have been told of the demo's past. Whatever is older than this they have read. */
const READ_AFTER_MS = 3 * DAY_MS
const READ_WITHIN_MS = 4000

interface Place {
  id: string
  organization: DemoOrganization
  cast: Cast
  families: readonly PlannedFamily[]
}

type PlannedNotice = {
  [Kind in NotificationKind]: {
    kind: Kind
    facts: NotificationFacts[Kind]
    /** Epoch ms. */
    at: number
    /** Addresses. */
    to: string[]
    reason: NotificationReason
    idempotencyKey: string
    /** About the account and not the organization. */
    ofAccount?: boolean
  }
}[NotificationKind]

export async function insertNotifications(
  tx: Transaction,
  place: Place,
  sealer: EmailLinkSealer,
  now: number,
): Promise<void> {
  const rows = plan(place, now).flatMap((notice) =>
    notice.to.map((email) => ({ ...notice, email, emailId: newId() })),
  )
  await tx.outgoingEmail.createMany({
    data: rows.map(({ emailId, email, at, idempotencyKey, ...notice }) => ({
      id: emailId,
      organizationId: notice.ofAccount ? null : place.id,
      idempotencyKey: `notification/${place.cast.person(email).id}/${idempotencyKey}`,
      recipient: email,
      template: 'notification',
      facts: emailFactsOf(notice, place),
      sealedLink: sealedEnding(notice, emailId, place.cast.person(email).id, sealer),
      // No server has taken it: whoever sets one up gets what the demo's people would have got.
      state: 'WAITING' as const,
      createdAt: new Date(at),
      nextAttemptAt: new Date(at),
    })),
  })
  await tx.notification.createMany({
    data: rows.map(({ kind, facts, at, reason, idempotencyKey, email, emailId, ofAccount }) => ({
      userId: place.cast.person(email).id,
      // The inbox goes by the time in the id.
      id: v7({ msecs: at }),
      organizationId: ofAccount ? null : place.id,
      kind,
      // An object type without a name is what Prisma takes for JSON.
      facts: { ...facts },
      reason,
      idempotencyKey,
      inApp: NOTIFICATION_KINDS[kind].inApp,
      email: NOTIFICATION_KINDS[kind].email,
      emailId,
      createdAt: new Date(at),
      readAt: now - at > READ_AFTER_MS ? new Date(at + READ_WITHIN_MS) : null,
    })),
  })
}

type Told = Pick<PlannedNotice, 'kind' | 'facts' | 'reason' | 'ofAccount'>

/** As lib/notifications/notify.ts would have written them. */
function emailFactsOf({ kind, facts, reason, ofAccount }: Told, { organization }: Place) {
  const { name: organizationName, slug: organizationSlug } = organization
  const place = { organizationName, organizationSlug, timeZone: 'UTC' }
  const { title, body, action } = wordsOf(kind, facts, place)
  const sender = ofAccount ? null : organizationName
  return {
    title,
    body,
    action: action && { ...action },
    why: whyOf(reason, sender),
    organizationName: sender,
    organizationWebsite: null,
    logoId: null,
  }
}

/** The link that ends such e-mails; null for what is always sent. */
function sealedEnding(
  { kind }: Told,
  emailId: string,
  userId: string,
  sealer: EmailLinkSealer,
): Uint8Array<ArrayBuffer> | null {
  if (NOTIFICATION_KINDS[kind].locked !== null) return null
  return new Uint8Array(sealer.seal(emailId, unsubscribePath(sealer, { userId, what: kind })))
}

function plan(place: Place, now: number): PlannedNotice[] {
  return [
    ...signIns(place, now),
    ...place.families.flatMap((family) => [
      ...expiryNotices(place, family, now),
      ...endNotices(place, family, now),
      ...leakNotices(place, family, now),
    ]),
  ]
}

/** The first person has a new laptop. */
function signIns({ organization, cast }: Place, now: number): PlannedNotice[] {
  const email = organization.people[0]?.email
  if (!email) return []
  const at = now - 1.2 * DAY_MS
  const { id } = cast.person(email)
  return [
    {
      kind: 'new-sign-in',
      facts: { device: 'Firefox on macOS', ip: '198.51.100.24', at },
      at,
      to: [email],
      reason: 'ACCOUNT',
      idempotencyKey: `demo/new-sign-in/${id}`,
      ofAccount: true,
    },
  ]
}

/** As the job would have told of them, under the same keys: it tells nobody again. */
function expiryNotices(place: Place, family: PlannedFamily, now: number): PlannedNotice[] {
  const newest = family.secrets.at(-1)
  if (!newest || newest.revokedAt !== null || isPaused(place, family)) return []
  const expiresAt = effectiveExpiry(newest, place.organization.policy)
  if (expiresAt === null || expiresAt <= now) return []
  if (newest.expiresAt === null && place.organization.policy.expiryRequired) return []
  const audience = audienceOf(place, family)
  return EXPIRY_STEPS.flatMap((days): PlannedNotice[] => {
    const at = expiresAt - days * DAY_MS
    if (at > now || stepOf({ createdAt: newest.createdAt, expiresAt }, at) !== days) return []
    const facts = { ...namesOf(family), displayPrefix: newest.displayPrefix, expiresAt, days }
    const idempotencyKey = expiryKey(newest.id, expiresAt, days)
    return [{ kind: 'token-expiring', facts, at, ...audience, idempotencyKey }]
  })
}

/** Of an end that was somebody else's doing, and of the use after it. */
function endNotices(place: Place, family: PlannedFamily, now: number): PlannedNotice[] {
  const newest = family.secrets.at(-1)
  const { revoked, usedAfterEndAgo, owner } = family.demo
  if (!newest || !revoked) return []
  const audience = audienceOf(place, family)
  const names = namesOf(family)
  const at = now - revoked.ago * DAY_MS
  const notices: PlannedNotice[] = []
  if (audience.reason === 'OWNER' && revoked.by !== owner) {
    const by = place.cast.person(revoked.by).label
    const facts = { ...names, change: 'REVOKED', by, at } as const
    const idempotencyKey = `demo/revoked/${newest.id}`
    notices.push({ kind: 'token-changed', facts, at, ...audience, idempotencyKey })
  }
  if (usedAfterEndAgo !== undefined) {
    const usedAt = now - usedAfterEndAgo * DAY_MS
    const facts = {
      ...names,
      displayPrefix: newest.displayPrefix,
      outcome: 'REFUSED',
      ip: family.demo.traffic?.ip ?? null,
      at: usedAt,
    } as const
    const idempotencyKey = `demo/used/${newest.id}`
    notices.push({ kind: 'retired-secret-used', facts, at: usedAt, ...audience, idempotencyKey })
  }
  return notices
}

/** To the owner and every admin, of what was alive until then. */
function leakNotices(place: Place, family: PlannedFamily, now: number): PlannedNotice[] {
  const newest = family.secrets.at(-1)
  const { leaked, owner } = family.demo
  if (!newest || !leaked || newest.endReason !== 'LEAKED') return []
  const at = now - leaked.ago * DAY_MS
  const facts = {
    ...namesOf(family),
    displayPrefix: newest.displayPrefix,
    outcome: 'REVOKED',
    source: leaked.source,
    url: leaked.source === 'GITHUB' ? leaked.url : null,
    at,
  } as const
  const common = {
    kind: 'token-leaked',
    facts,
    at,
    idempotencyKey: `token-leaked/${newest.id}/revoked`,
  } as const
  const { people } = place.organization
  const ofPeople = (reason: 'OWNER' | 'ADMIN'): string[] =>
    people
      .filter(({ email, role }) => (reason === 'OWNER') === (email === owner) && role !== null)
      .filter(({ role }) => reason === 'OWNER' || role === 'ADMIN')
      .map(({ email }) => email)
  return (['OWNER', 'ADMIN'] as const).map((reason) => ({
    ...common,
    to: ofPeople(reason),
    reason,
  }))
}

function namesOf({ demo, owner, secrets }: PlannedFamily) {
  return {
    tokenId: secrets.at(-1)?.id ?? '',
    tokenName: demo.name,
    serviceAccountName: owner.type === 'service-account' ? owner.label : null,
  }
}

/** The owner, or the admins of a service account and of somebody who has left. */
function audienceOf(
  { organization }: Place,
  { demo }: PlannedFamily,
): { to: string[]; reason: NotificationReason } {
  const owner = organization.people.find(({ email }) => email === demo.owner)
  if (owner?.role) return { to: [owner.email], reason: 'OWNER' }
  const admins = organization.people.filter(({ role }) => role === 'ADMIN')
  return { to: admins.map(({ email }) => email), reason: 'ADMIN' }
}

function isPaused({ organization }: Place, { demo }: PlannedFamily): boolean {
  const account = organization.serviceAccounts.find(({ name }) => name === demo.owner)
  return Boolean(account?.suspended || account?.revoked)
}
