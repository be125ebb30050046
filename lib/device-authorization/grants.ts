import type pg from 'pg'
import type { DevicePresetId } from '@/lib/access/device-presets'
import type { Scope } from '@/lib/access/scopes'
import { newOpaqueSecret, opaqueSecretHash } from '@/lib/auth/opaque-secret'
import type { AddressThrottle } from '@/lib/auth/throttle'
import type { RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import {
  type ClientType,
  GRANT_LIFE_SECONDS,
  POLL_INTERVAL_SECONDS,
  userCodeWords,
} from '@/lib/device-authorization/model'
import type { StartDeviceAuthorizationInput } from '@/lib/device-authorization/schema'
import { newUserCode } from '@/lib/device-authorization/user-code'
import { newId } from '@/lib/ids'

/** Grants from their asking on. The device code is stored as its digest only. */

export interface StartedGrant {
  /** The device's secret: with it the device, and nobody else, asks what became of the grant. */
  deviceCode: string
  userCode: string
  /** Epoch ms. */
  expiresAt: number
}

const CLIENT_NAMES: Record<ClientType, string> = {
  CLI: 'A command-line tool',
  IDE: 'An editor',
  DESKTOP: 'A desktop app',
  MCP: 'An MCP client',
  OTHER: 'A program',
  UNSPECIFIED: 'A program',
}

/**
 * A device asks to be signed in. Nobody is known yet, so it is counted by address.
 * @throws DomainError throttled `too_many_attempts`
 */
export async function startDeviceAuthorization(
  door: { db: Pick<Database, 'pool'>; throttle: AddressThrottle; request: RequestFacts },
  input: StartDeviceAuthorizationInput,
): Promise<StartedGrant> {
  await door.throttle.count(door.request.ip)
  const deviceCode = newOpaqueSecret()
  const clientType = input.clientType ?? 'UNSPECIFIED'
  // The code of another grant is met once in 10^10 times; then another one is drawn.
  for (;;) {
    const userCode = newUserCode()
    const { rows } = await door.db.pool.query<{ expiresAt: number }>(
      `INSERT INTO device_authorizations (id, device_code_hash, user_code, client_type, client_name,
         device_id, device_label, requested_preset, requested_ip, expires_at, interval_seconds)
       VALUES ($1, $2, $3, $4::device_client_type, $5, $6, $7, $8, $9,
         now() + make_interval(secs => $10), $11)
       ON CONFLICT (user_code) DO NOTHING
       RETURNING (extract(epoch FROM expires_at) * 1000)::float8 AS "expiresAt"`,
      [
        newId(),
        opaqueSecretHash(deviceCode),
        userCode,
        clientType,
        input.clientName ?? CLIENT_NAMES[clientType],
        input.deviceId ?? null,
        input.deviceLabel ?? null,
        input.preset,
        door.request.ip,
        GRANT_LIFE_SECONDS,
        POLL_INTERVAL_SECONDS,
      ],
    )
    const made = rows[0]
    if (made) return { deviceCode, userCode: userCodeWords(userCode), expiresAt: made.expiresAt }
  }
}

/** A grant as its decision and its redeeming read it. Times are epoch ms. */
export interface Grant {
  id: string
  userCode: string
  clientType: ClientType
  clientName: string
  deviceId: string | null
  deviceLabel: string | null
  requestedPreset: DevicePresetId
  requestedIp: string | null
  createdAt: number
  expiresAt: number
  decision: 'APPROVED' | 'DENIED' | null
  decidedAt: number | null
  organizationId: string | null
  userId: string | null
  scopes: Scope[]
  tokenExpiresAt: number | null
  consumedAt: number | null
  /** The database's clock when it answered. */
  now: number
}

const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`

const GRANT_COLUMNS = `id, user_code AS "userCode", client_type::text AS "clientType",
  client_name AS "clientName", device_id AS "deviceId", device_label AS "deviceLabel",
  requested_preset AS "requestedPreset", requested_ip AS "requestedIp",
  ${ms('created_at')} AS "createdAt", ${ms('expires_at')} AS "expiresAt",
  decision::text AS decision, ${ms('decided_at')} AS "decidedAt",
  organization_id AS "organizationId", user_id AS "userId", scopes,
  ${ms('token_expires_at')} AS "tokenExpiresAt", ${ms('consumed_at')} AS "consumedAt",
  ${ms('clock_timestamp()')} AS now`

type Client = Pick<pg.PoolClient, 'query'>

/** The grant that waits for a decision under this code, or null. @param userCode eight letters */
export async function openGrant(client: Client, userCode: string): Promise<Grant | null> {
  const { rows } = await client.query<Grant>(
    `SELECT ${GRANT_COLUMNS} FROM device_authorizations
     WHERE user_code = $1 AND decision IS NULL AND expires_at > clock_timestamp()`,
    [userCode],
  )
  return rows[0] ?? null
}

/** The grant of a device code, locked to the end of the transaction, or null. */
export async function lockedGrant(client: Client, deviceCode: string): Promise<Grant | null> {
  const { rows } = await client.query<Grant>(
    `SELECT ${GRANT_COLUMNS} FROM device_authorizations WHERE device_code_hash = $1 FOR UPDATE`,
    [opaqueSecretHash(deviceCode)],
  )
  return rows[0] ?? null
}

/** Ended ones are kept for a day: their devices hear how they ended. */
export async function deleteEndedGrants(pool: Client): Promise<void> {
  await pool.query(`DELETE FROM device_authorizations WHERE expires_at < now() - interval '1 day'`)
}
