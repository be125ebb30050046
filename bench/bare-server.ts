import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import pg from 'pg'

/**
 * What the API is compared with: the same request served by `node:http` and `pg` by hand, without a
 * framework, limits, access rules or headers. HMAC of the bearer, one look-up by the unique index through
 * a pool of 10, an answer with the same members, and an event row a request, written every 50 ms in one
 * statement. It answers the load of bench/api.ts and nothing else.
 */

const { BENCH_DATABASE_URL, BENCH_PEPPER, PORT } = process.env
const pepper = Buffer.from(BENCH_PEPPER ?? '', 'base64')
const pool = new pg.Pool({ connectionString: BENCH_DATABASE_URL, max: 10 })

const FLUSH_MS = 50
const EPOCH_MS = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`

interface Row {
  id: string
  family_id: string
  organization_id: string
  name: string
  type: string
  display_prefix: string
  last4: string
  scopes: string
  owner_id: string
  created_by: string
  created_by_id: string
  created_at: number
  modified_at: number
  expires_at: number | null
  revoked_at: number | null
  last_used_at: number | null
}

const LOOKUP = `SELECT id, family_id, organization_id, name, type::text, display_prefix, last4,
    array_to_string(scopes, ' ') AS scopes, owner_user_id AS owner_id, created_by_label AS created_by,
    created_by_id, ${EPOCH_MS('created_at')} AS created_at, ${EPOCH_MS('modified_at')} AS modified_at,
    ${EPOCH_MS('expires_at')} AS expires_at, ${EPOCH_MS('revoked_at')} AS revoked_at,
    ${EPOCH_MS('last_used_at')} AS last_used_at
  FROM tokens
  WHERE digest = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`

interface Event {
  token: string
  at: number
  method: string
  path: string
  status: number
  latencyUs: number
  ip: string
  userAgent: string
}

let events: Event[] = []

const COLUMNS = 8

async function flush(): Promise<void> {
  const batch = events
  events = []
  if (batch.length > 0) {
    const places = batch.map(
      (_, row) =>
        `(${Array.from({ length: COLUMNS }, (_, column) => `$${row * COLUMNS + column + 1}`)})`,
    )
    await pool.query(
      `INSERT INTO bare_event (token_id, at_ms, method, path, status, latency_us, ip, user_agent)
       VALUES ${places}`,
      batch.flatMap((event) => Object.values(event)),
    )
  }
  setTimeout(flush, FLUSH_MS)
}

function answerOf(row: Row): string {
  const scopes = row.scopes.split(' ')
  return JSON.stringify({
    id: row.id,
    name: row.name,
    keyPrefix: row.display_prefix,
    last4: row.last4,
    familyId: row.family_id,
    type: row.type,
    scopes,
    effectiveScopes: scopes,
    ownerType: 'USER',
    ownerId: row.owner_id,
    createdBy: row.created_by,
    createdById: row.created_by_id,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    expiresAt: row.expires_at,
    effectiveExpiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
    tenantId: row.organization_id,
    tenantSlug: 'acme',
  })
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const at = Date.now()
  const startedAt = performance.now()
  const authorization = request.headers.authorization ?? ''
  if (!authorization.startsWith('Bearer ')) return send(response, 401, '{}')
  const digest = createHmac('sha256', pepper).update(authorization.slice(7)).digest()
  const { rows } = await pool.query<Row>({ name: 'lookup', text: LOOKUP, values: [digest] })
  const row = rows[0]
  if (!row) return send(response, 401, '{}')
  send(response, 200, answerOf(row))
  events.push({
    token: row.id,
    at,
    method: request.method ?? '',
    path: request.url ?? '',
    status: 200,
    latencyUs: Math.round((performance.now() - startedAt) * 1000),
    ip: request.socket.remoteAddress ?? '',
    userAgent: request.headers['user-agent'] ?? '',
  })
}

await pool.query(`CREATE TABLE IF NOT EXISTS bare_event (
  id bigserial PRIMARY KEY, token_id uuid NOT NULL, at_ms bigint NOT NULL, method text NOT NULL,
  path text NOT NULL, status smallint NOT NULL, latency_us integer NOT NULL, ip text NOT NULL,
  user_agent text NOT NULL)`)
await pool.query('CREATE INDEX IF NOT EXISTS bare_event_by_token ON bare_event (token_id, at_ms)')
setTimeout(flush, FLUSH_MS)
createServer((request, response) => {
  serve(request, response).catch(() => send(response, 500, '{}'))
}).listen(Number(PORT), '127.0.0.1')
