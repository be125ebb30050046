import { devicePreset } from '@/lib/access/device-presets'
import { personTarget, requirePerson } from '@/lib/access/person'
import type { UserPrincipal } from '@/lib/access/principal'
import { normalizeScopes } from '@/lib/access/scopes'
import { appendAudit } from '@/lib/audit/append'
import type { UserCodeThrottle } from '@/lib/auth/throttle'
import type { Context } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { type Grant, openGrant } from '@/lib/device-authorization/grants'
import {
  normalizeUserCode,
  type PendingDevice,
  userCodeWords,
  usualDays,
} from '@/lib/device-authorization/model'
import type { ApproveDeviceInput } from '@/lib/device-authorization/schema'
import { DomainError, invalid } from '@/lib/errors'
import { authorizeMinting, requireWithinCeiling, requireWithinPolicy } from '@/lib/tokens/authority'
import { expiryFromDays } from '@/lib/tokens/model'

/**
 * What somebody who is signed in does with the code that a device shows them. Every look by a code is counted, and
 * given back where the code stands for something: nobody finds one by trying.
 */

interface Looker {
  db: Pick<Database, 'pool'>
  throttle: UserCodeThrottle
  person: { userId: string }
  ip: string | null
}

/**
 * What waits under a code, for a signed-in person.
 * @throws DomainError not-found where it is wrong, expired or decided: these look alike | throttled
 */
export async function lookUpDevice(looker: Looker, userCode: string): Promise<PendingDevice> {
  const grant = await grantBehind(looker, userCode)
  return {
    userCode: userCodeWords(grant.userCode),
    clientType: grant.clientType,
    clientName: grant.clientName,
    deviceLabel: grant.deviceLabel,
    requestedPreset: grant.requestedPreset,
    requestedIp: grant.requestedIp,
    requestedAt: grant.createdAt,
    expiresAt: grant.expiresAt,
  }
}

export interface ApprovedDevice {
  clientName: string
  deviceLabel: string | null
  /** Of the token to come, epoch ms or null. */
  tokenExpiresAt: number | null
}

/**
 * Lets the device have a personal token of the caller in this organization: at its next look, not before. Needs what
 * minting needs: `keys:write`, a recent proof of identity, scopes within the caller's power, a life within the policy.
 * @throws DomainError forbidden | not-found | invalid at /preset, /scopes or /expirationDays | throttled | conflict
 */
export async function approveDevice(
  ctx: Context,
  input: ApproveDeviceInput & { userCode: string },
  throttle: UserCodeThrottle,
): Promise<ApprovedDevice> {
  const person = requirePerson(ctx.principal)
  authorizeMinting(ctx)
  const grant = await grantBehind(lookerOf(ctx, person, throttle), input.userCode)
  if (input.preset !== grant.requestedPreset) {
    const detail = `The device asked for ${grant.requestedPreset}: repeat that, or deny it.`
    throw invalid([{ pointer: '/preset', detail }])
  }
  const asked = devicePreset(grant.requestedPreset).scopes
  const scopes = normalizeScopes(input.scopes ?? asked)
  const beyond = scopes.filter((scope) => !asked.includes(scope))
  if (beyond.length > 0) {
    const detail = `The device did not ask for ${beyond.join(', ')}.`
    throw invalid([{ pointer: '/scopes', detail }])
  }
  requireWithinCeiling(person, scopes)
  const days =
    input.expirationDays === undefined ? usualDays(ctx.organization.policy) : input.expirationDays
  const tokenExpiresAt = days === null ? null : expiryFromDays(ctx.now, days)
  requireWithinPolicy(tokenExpiresAt, ctx.now, ctx.organization.policy)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE device_authorizations
       SET decision = 'APPROVED', decided_at = clock_timestamp(), organization_id = $2, user_id = $3,
         scopes = $4, token_expires_at = to_timestamp($5 / 1000.0)
       WHERE id = $1 AND decision IS NULL AND expires_at > clock_timestamp()`,
      [grant.id, ctx.organization.id, person.userId, scopes, tokenExpiresAt],
    )
    if (rowCount !== 1) throw decidedMeanwhile()
    await appendAudit(client, ctx, {
      eventType: 'DEVICE_APPROVED',
      target: personTarget(person),
      details: { ...deviceDetails(grant), scopes, expiresAt: tokenExpiresAt },
    })
  })
  return { clientName: grant.clientName, deviceLabel: grant.deviceLabel, tokenExpiresAt }
}

/**
 * Turns the device away for good; it hears so at its next look.
 * @throws DomainError forbidden | not-found | throttled | conflict
 */
export async function denyDevice(
  ctx: Context,
  input: { userCode: string },
  throttle: UserCodeThrottle,
): Promise<void> {
  const person = requirePerson(ctx.principal)
  const grant = await grantBehind(lookerOf(ctx, person, throttle), input.userCode)
  await sqlTransaction(ctx.db.pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE device_authorizations
       SET decision = 'DENIED', decided_at = clock_timestamp(), organization_id = $2, user_id = $3
       WHERE id = $1 AND decision IS NULL AND expires_at > clock_timestamp()`,
      [grant.id, ctx.organization.id, person.userId],
    )
    if (rowCount !== 1) throw decidedMeanwhile()
    await appendAudit(client, ctx, {
      eventType: 'DEVICE_DENIED',
      target: personTarget(person),
      details: deviceDetails(grant),
    })
  })
}

async function grantBehind(looker: Looker, userCode: string): Promise<Grant> {
  const { db, throttle, ip } = looker
  const asker = { userId: looker.person.userId, ip }
  await throttle.count(asker)
  const code = normalizeUserCode(userCode)
  const grant = code === null ? null : await openGrant(db.pool, code)
  if (!grant) {
    throw new DomainError(
      'not-found',
      'not_found',
      'No device waits under this code. It may have expired: codes live for 10 minutes.',
    )
  }
  await throttle.release(asker)
  return grant
}

function lookerOf(ctx: Context, person: UserPrincipal, throttle: UserCodeThrottle): Looker {
  return { db: ctx.db, throttle, person, ip: ctx.request.ip }
}

function deviceDetails(grant: Grant): Record<string, unknown> {
  return {
    client: grant.clientName,
    ...(grant.deviceLabel && { device: grant.deviceLabel }),
    preset: grant.requestedPreset,
    ...(grant.requestedIp && { askedFrom: grant.requestedIp }),
  }
}

function decidedMeanwhile(): DomainError {
  return new DomainError(
    'conflict',
    'device_decided',
    'This was decided a moment ago, or the code has just expired: nothing was done.',
  )
}
