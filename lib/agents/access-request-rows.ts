import {
  ACCESS_REQUEST_DAYS,
  type AccessRequest,
  type AgentRole,
  type AgentSummary,
} from '@/lib/agents/model'
import { type Client, EPOCH_MS } from '@/lib/agents/rows'
import type { Context } from '@/lib/context'
import { THIS_MOMENT } from '@/lib/db/this-moment'
import { newId } from '@/lib/ids'

/** Reading and writing what members ask for: steps of commands and queries that have authorized. */

type Place = { organization: Pick<Context['organization'], 'id'> }
type OnAgent = Pick<AgentSummary, 'uid'>

export type RequestState = 'PENDING' | 'APPROVED' | 'REJECTED'

export interface StoredRequest {
  /** Of this asking. */
  id: string
  userId: string
  role: AgentRole
  message: string
  state: RequestState
}

const UNEXPIRED = 'expires_at > clock_timestamp()'

/** Who waits for a role on the agent, the longest first. @param userId only this person */
export async function selectRequests(
  client: Client,
  { organization }: Place,
  { uid }: OnAgent,
  userId: string | null = null,
): Promise<AccessRequest[]> {
  const { rows } = await client.query<AccessRequest>(
    `SELECT r.user_id AS "userId", u.display_name AS "displayName", u.email, u.avatar_id AS "avatarId",
       r.role, c.role AS "currentRole", r.message, ${EPOCH_MS('r.created_at')} AS "createdAt",
       ${EPOCH_MS('r.modified_at')} AS "modifiedAt", ${EPOCH_MS('r.expires_at')} AS "expiresAt"
     FROM agents.access_request r JOIN users u ON u.id = r.user_id
     JOIN memberships m ON m.organization_id = r.organization_id AND m.user_id = r.user_id
     LEFT JOIN agents.collaborator c ON c.organization_id = r.organization_id
       AND c.agent_uid = r.agent_uid AND c.user_id = r.user_id
     WHERE r.organization_id = $1 AND r.agent_uid = $2 AND r.state = 'PENDING' AND r.${UNEXPIRED}
       AND m.role <> 'ADMIN' AND ($3::uuid IS NULL OR r.user_id = $3)
     ORDER BY r.created_at, r.user_id`,
    [organization.id, uid, userId],
  )
  return rows
}

/** What the person last asked for, and what became of it; null where it has expired. Locked. */
export async function lastRequest(
  client: Client,
  { organization }: Place,
  { uid }: OnAgent,
  userId: string,
): Promise<StoredRequest | null> {
  const { rows } = await client.query<StoredRequest>(
    `SELECT id, user_id AS "userId", role, message, state FROM agents.access_request
     WHERE organization_id = $1 AND agent_uid = $2 AND user_id = $3 AND ${UNEXPIRED} FOR UPDATE`,
    [organization.id, uid, userId],
  )
  return rows[0] ?? null
}

export async function pendingRequest(
  client: Client,
  place: Place,
  agent: OnAgent,
  userId: string,
): Promise<StoredRequest | null> {
  const last = await lastRequest(client, place, agent, userId)
  return last?.state === 'PENDING' ? last : null
}

/** Asks, or asks otherwise from now on: what waits keeps its id and begins its time anew. */
export async function writeRequest(
  client: Client,
  { organization }: Place,
  { uid }: OnAgent,
  asked: { userId: string; role: AgentRole; message: string; pendingId: string | null },
): Promise<string> {
  const { userId, role, message, pendingId } = asked
  const id = pendingId ?? newId()
  await client.query(
    `INSERT INTO agents.access_request AS r (organization_id, agent_uid, user_id, id, role, message, state,
       created_at, modified_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'PENDING', ${THIS_MOMENT}, ${THIS_MOMENT},
       ${THIS_MOMENT} + make_interval(days => $7))
     ON CONFLICT (organization_id, agent_uid, user_id) DO UPDATE SET id = excluded.id, role = excluded.role,
       message = excluded.message, state = 'PENDING', modified_at = excluded.modified_at,
       created_at = CASE WHEN r.id = excluded.id THEN r.created_at ELSE excluded.created_at END,
       expires_at = excluded.expires_at`,
    [organization.id, uid, userId, id, role, message, ACCESS_REQUEST_DAYS],
  )
  return id
}

export async function answerRequest(
  client: Client,
  { organization }: Place,
  { uid }: OnAgent,
  userId: string,
  state: Exclude<RequestState, 'PENDING'>,
): Promise<void> {
  await client.query(
    `UPDATE agents.access_request SET state = $4, modified_at = ${THIS_MOMENT}
     WHERE organization_id = $1 AND agent_uid = $2 AND user_id = $3`,
    [organization.id, uid, userId, state],
  )
}

export async function dropRequest(
  client: Client,
  { organization }: Place,
  { uid }: OnAgent,
  userId: string,
): Promise<void> {
  await client.query(
    'DELETE FROM agents.access_request WHERE organization_id = $1 AND agent_uid = $2 AND user_id = $3',
    [organization.id, uid, userId],
  )
}

/** Upkeep: forgets what nobody answered in time, and answers as old. @returns how many */
export async function deleteExpiredRequests(client: Client): Promise<number> {
  const { rowCount } = await client.query(
    'DELETE FROM agents.access_request WHERE expires_at <= clock_timestamp()',
  )
  return rowCount ?? 0
}
