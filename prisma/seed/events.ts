import type { Actor } from '@/lib/access/principal'
import { normalizeScopes } from '@/lib/access/scopes'
import type { AuditTarget } from '@/lib/audit/events'
import { DAY_MS } from '@/lib/tokens/model'
import type { DemoOrganization, DemoServiceAccount } from '@/prisma/seed/demo-organization'
import type { Cast, PlannedFamily, PlannedSecret } from '@/prisma/seed/families'
import type { PastEvent } from '@/prisma/seed/history'

/** The audit trail that the demo organization would have left behind. */

const person = ({ id, label }: { id: string; label: string }): Actor => ({
  type: 'USER',
  id,
  label,
  tokenId: null,
})

const SYSTEM: Actor = { type: 'SYSTEM', id: null, label: 'System', tokenId: null }

export function pastEvents(
  organization: DemoOrganization,
  organizationId: string,
  cast: Cast,
  families: readonly PlannedFamily[],
  now: number,
): PastEvent[] {
  return [
    ...eventsOfOrganization(organization, organizationId, cast, now),
    ...organization.serviceAccounts.flatMap((account) => eventsOfAccount(account, cast, now)),
    ...families.flatMap((family) => eventsOfFamily(family, cast, now)),
  ]
}

function eventsOfOrganization(
  { name, people, policy: { changedAgo, ...policy }, createdAgo }: DemoOrganization,
  id: string,
  cast: Cast,
  now: number,
): PastEvent[] {
  const founder = person(cast.person(people[0]?.email ?? ''))
  const target: AuditTarget = { type: 'organization', id, label: name, familyId: null }
  const events: PastEvent[] = [
    {
      at: now - createdAgo * DAY_MS,
      eventType: 'ORGANIZATION_CREATED',
      actor: founder,
      target,
      details: { name },
    },
  ]
  if (changedAgo !== undefined) {
    events.push({
      at: now - changedAgo * DAY_MS,
      eventType: 'POLICY_CHANGED',
      actor: founder,
      target,
      details: {
        before: { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true },
        after: policy,
      },
    })
  }
  return events
}

function eventsOfAccount(account: DemoServiceAccount, cast: Cast, now: number): PastEvent[] {
  const { id, label } = cast.account(account.name)
  const target: AuditTarget = { type: 'service-account', id, label, familyId: null }
  const { name, description, narrowed, suspended, revoked } = account
  const [scopes, first] = [account.scopes, narrowed?.from ?? account.scopes].map(normalizeScopes)
  const by = (email: string) => person(cast.person(email))
  const events: PastEvent[] = [
    {
      at: now - account.createdAgo * DAY_MS,
      eventType: 'PROVISIONED',
      actor: by(account.createdBy),
      target,
      details: { scopes: first, description },
    },
  ]
  if (narrowed) {
    events.push({
      at: now - narrowed.ago * DAY_MS,
      eventType: 'ACCOUNT_UPDATED',
      actor: by(narrowed.by),
      target,
      details: {
        before: { name, description, scopes: first },
        after: { name, description, scopes },
      },
    })
  }
  if (suspended) {
    const at = now - suspended.ago * DAY_MS
    events.push({ at, eventType: 'SUSPENDED', actor: by(suspended.by), target, details: {} })
  }
  if (revoked) {
    const at = now - revoked.ago * DAY_MS
    events.push({ at, eventType: 'ACCOUNT_REVOKED', actor: by(revoked.by), target, details: {} })
  }
  return events
}

function eventsOfFamily(family: PlannedFamily, cast: Cast, now: number): PastEvent[] {
  const { demo, secrets } = family
  const newest = secrets.at(-1)
  const events = secrets.map((secret, index) => eventOfBirth(family, secret, secrets[index - 1]))
  if (newest && demo.revoked) {
    events.push({
      at: now - demo.revoked.ago * DAY_MS,
      eventType: 'REVOKED',
      actor: person(cast.person(demo.revoked.by)),
      target: targetOf(family, newest),
      details: { scopes: family.scopes, reason: newest.endReason },
    })
  }
  if (newest && demo.usedAfterEndAgo !== undefined) {
    events.push({
      at: now - demo.usedAfterEndAgo * DAY_MS,
      eventType: 'USED_WHILE_REVOKED',
      actor: SYSTEM,
      channel: 'api',
      target: targetOf(family, newest),
      details: { reason: 'revoked', keyPrefix: newest.displayPrefix },
    })
  }
  return [...events, ...eventsOfLeak(family, newest, now)]
}

function eventsOfLeak(
  family: PlannedFamily,
  newest: PlannedSecret | undefined,
  now: number,
): PastEvent[] {
  const { leaked } = family.demo
  if (!newest || !leaked) return []
  const { source, url } = leaked
  const isEnd = newest.endReason === 'LEAKED'
  const facts = {
    at: now - leaked.ago * DAY_MS,
    actor: SYSTEM,
    channel: 'system',
    target: targetOf(family, newest),
  } as const
  const outcome = isEnd ? 'REVOKED' : 'ALREADY_ENDED'
  const details = { source, url, outcome, keyPrefix: newest.displayPrefix }
  const reported: PastEvent = { ...facts, eventType: 'LEAK_REPORTED', details }
  if (!isEnd) return [reported]
  return [reported, { ...facts, eventType: 'REVOKED', details: { reason: 'LEAKED', source, url } }]
}

/** A millisecond after its account was made, where it came with it: the order of the two must hold. */
function eventOfBirth(
  family: PlannedFamily,
  secret: PlannedSecret,
  before: PlannedSecret | undefined,
): PastEvent {
  const { demo, scopes } = family
  const { expiresAt } = secret
  const event = {
    at: secret.createdAt + 1,
    actor: person(family.mintedBy),
    target: targetOf(family, secret),
  }
  if (before) {
    const facts = { name: demo.name, scopes }
    const details = {
      replaces: before.id,
      graceSeconds: ((before.revokedAt ?? 0) - secret.createdAt) / 1000,
      before: { ...facts, expiresAt: before.expiresAt },
      after: { ...facts, expiresAt },
    }
    return { ...event, eventType: 'ROTATED', details }
  }
  if (secret.format === 'LEGACY') {
    const details = { scopes, expiresAt, keyPrefix: secret.displayPrefix }
    return { ...event, eventType: 'IMPORTED', details }
  }
  const serviceAccount =
    family.owner.type === 'service-account' ? { serviceAccount: family.owner.label } : {}
  return { ...event, eventType: 'MINTED', details: { scopes, expiresAt, ...serviceAccount } }
}

function targetOf({ demo, familyId }: PlannedFamily, secret: PlannedSecret): AuditTarget {
  return { type: 'token', id: secret.id, label: demo.name, familyId }
}
