import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { buildIfMissing } from '@/bench/servers'
import { number, percentile, table } from '@/bench/statistics'
import { callApi } from '@/e2e/support/api-client'
import { issueToken } from '@/e2e/support/issue-token'
import { type Product, startProduct } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE } from '@/e2e/support/sign-in'

/**
 * `npm run bench:lists`: lists of what programs make, among millions of one organization, under the filters that want
 * few of them. Fails where the median of a list is above 50 ms. What it prints is what docs/benchmarks.md holds.
 */

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '30' },
  },
})
const LIMIT_MS = 50
/** Between two of them. */
const EVERY_MS = 1_300

/** A UUIDv7 of a moment so many rows ago. */
const ID = `(lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - n::bigint * ${EVERY_MS}), 12, '0') || '7'
  || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid`
const AT = `now() - n * interval '${EVERY_MS} milliseconds'`

/** Runs of one agent that all went well, beside those of the demo. */
const RUNS = `
  INSERT INTO execution.run (organization_id, id, agent_uid, agent_id, revision, session_id, maker_kind, maker_id,
    maker_label, request_id, origin, provider, model, model_origin, status, started_at, expires_at, finished_at)
  SELECT a.organization_id, ${ID}, a.uid, a.id, 1, 'bench', 'PERSON', a.organization_id, 'Bench', 'bench',
    'PRODUCTION', 'local', 'echo', 'LOCAL', 'SUCCEEDED', ${AT}, ${AT}, ${AT}
  FROM agents.agent a JOIN organizations o ON o.id = a.organization_id, generate_series(1, $1::int) n
  WHERE o.slug = 'acme' AND a.id = 'topic-briefing'`

/** Deliveries of one type at one endpoint that all were delivered, beside those of the demo. */
const DELIVERIES = `
  INSERT INTO inbound.delivery (organization_id, id, endpoint_id, delivery_key, key_source, body_digest, carrier,
    sender, event_type, content_type, headers, body_bytes, received_at, delivered)
  SELECT e.organization_id, ${ID}, e.id, 'bench ' || n, 'HEADER', '\\x00', 'BEARER', 'Bench', 'push', null, '{}', 2,
    ${AT}, 1
  FROM inbound.endpoint e JOIN organizations o ON o.id = e.organization_id, generate_series(1, $1::int) n
  WHERE o.slug = 'acme' AND e.name = 'github-fleet-agents'`

const READS = ['executions:read', 'integrations:read'] as const

async function pathsOf(product: Product): Promise<string[]> {
  const webhooks = await queryProduct<{ name: string; id: string }>(
    product,
    `SELECT e.name, e.id FROM inbound.endpoint e JOIN organizations o ON o.id = e.organization_id
     WHERE o.slug = 'acme'`,
  )
  const of = (name: string) =>
    `webhooks/${webhooks.find((one) => one.name === name)?.id}/deliveries`
  const [busy, quiet] = [of('github-fleet-agents'), of('stripe-payments')]
  return [
    'executions',
    'executions?status=FAILED',
    'executions?origin=TEST',
    'executions?agent=topic-briefing',
    'executions?agent=topic-briefing&status=FAILED',
    'executions?sessionId=none',
    'webhooks/-/deliveries',
    'webhooks/-/deliveries?state=DEAD',
    busy,
    `${busy}?state=UNMATCHED`,
    `${busy}?event=push`,
    `${busy}?event=release.*`,
    `${busy}?event=push&state=DEAD`,
    `${quiet}?state=DELIVERED`,
    `${quiet}?event=charge.*`,
  ]
}

/** Ms of each round. */
async function timesOf(product: Product, token: string, path: string): Promise<number[]> {
  const times: number[] = []
  for (let round = -3; round < Number(flags.rounds); round++) {
    const startedAt = performance.now()
    const answer = await callApi(product.url, { path: `/v1/tenants/acme/${path}`, token })
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`)
    if (round >= 0) times.push(performance.now() - startedAt)
  }
  return times.sort((a, b) => a - b)
}

await buildIfMissing('dist/server.mjs')
const product = await startProduct({
  demo: true,
  apiOnly: true,
  env: { API_RATE_LIMIT_PER_MINUTE: '1000000000', LOG_LEVEL: 'warn' },
})
try {
  for (const sql of [RUNS, DELIVERIES]) await queryProduct(product, sql, [Number(flags.rows)])
  await queryProduct(product, 'VACUUM ANALYZE execution.run, inbound.delivery')
  const tokenOf = async (email: string) =>
    (await issueToken(product, { organization: 'acme', owner: { email }, scopes: [...READS] }))
      .secret
  const admin = await tokenOf(DEMO_PEOPLE.acmeAdmin)
  const lists = (await pathsOf(product)).map((path) => ({ path, token: admin, name: path }))
  // Jonas sees one agent alone, which is not the busy one.
  const member = await tokenOf('jonas@acme.example')
  lists.push({ path: 'executions', token: member, name: 'executions, of a member' })
  const rows: string[][] = []
  let slow = 0
  for (const { path, token, name } of lists) {
    const times = await timesOf(product, token, path)
    const p50 = percentile(times, 0.5)
    if (p50 > LIMIT_MS) slow++
    const short = name.replace(/[0-9a-f]{8}-[-0-9a-f]{27}/, (id) => `${id.slice(0, 4)}…`)
    rows.push([
      short,
      number(p50, 1),
      number(percentile(times, 0.95), 1),
      number(times.at(-1) ?? 0, 1),
    ])
  }
  console.log(
    `${cpus().length} cores, ${Number(flags.rows).toLocaleString('en-US')} runs and deliveries each\n`,
  )
  console.log(table(['list', 'p50 ms', 'p95 ms', 'most ms'], rows))
  if (slow > 0) {
    console.error(`\n${slow} above ${LIMIT_MS} ms.`)
    process.exitCode = 1
  }
} finally {
  await product.stop()
}
