import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshTargets, validRequest } from '@/e2e/api/support/valid-requests'
import { createWorld, type Organization, type Person, type World } from '@/e2e/api/support/world'
import { type ApiAnswer, type ApiCall, callApi } from '@/e2e/support/api-client'
import { ALL_SCOPES } from '@/lib/access/scopes'

let world: World
let org: Organization
let admin: Person
let carrier: string
/** Every secret that was ever in play. */
const secrets = new Set<string>()
/** Everything the product answered, without the secrets of the answers that show one once. */
const answers: { call: ApiCall; answer: ApiAnswer; text: string }[] = []

beforeAll(async () => {
  world = await createWorld({
    env: { LOG_LEVEL: 'debug', PUBLIC_URL: 'https://settings.example.test' },
  })
  org = await world.organization()
  admin = await org.person('ADMIN')
  carrier = (await org.token(admin, ALL_SCOPES, { expiresInMs: null })).secret
  secrets.add(carrier)
  await exerciseEverything()
  await provokeErrors()
})
afterAll(() => world.close())

async function send(call: ApiCall): Promise<ApiAnswer> {
  const answer = await world.call(call)
  const shown = /"token":"(fx_(?:pat|sat)_[0-9A-Za-z]+)"/.exec(answer.text)?.[1]
  if (shown !== undefined) secrets.add(shown)
  answers.push({
    call,
    answer,
    text: shown === undefined ? answer.text : answer.text.replace(shown, ''),
  })
  return answer
}

async function exerciseEverything(): Promise<void> {
  for (const operation of world.contract.operations) {
    const targets = await freshTargets(org, admin)
    secrets.add(targets.secret)
    const headers = { 'User-Agent': 'sentinel', Referer: 'https://elsewhere.example/' }
    await send({ ...validRequest(operation, org.slug, targets), token: carrier, headers })
    // The dead use their secrets too.
    await send({ path: `${org.path}/tokens/current`, token: targets.secret })
  }
}

/** Secrets where they do not belong, and a database that fails in the middle of it. */
async function provokeErrors(): Promise<void> {
  const misplaced = (await org.token(admin, ['agents:read'])).secret
  secrets.add(misplaced)
  const tokens = `${org.path}/tokens`
  const wrongPlaces: ApiCall[] = [
    { path: `${tokens}?access_token=${misplaced}` },
    { path: `${tokens}?apiKey=${misplaced}`, token: carrier },
    { path: tokens, headers: { 'X-API-KEY': misplaced } },
    { path: tokens, headers: { Authorization: `Bearer ${misplaced}, Bearer ${carrier}` } },
    { path: tokens, headers: { Authorization: `Basic ${misplaced}` } },
    { path: tokens, headers: { Cookie: `token=${misplaced}` } },
    { path: `${tokens}?origin=${misplaced}`, token: carrier },
    { path: `${tokens}/${misplaced}`, token: carrier },
    { path: `${org.path}/apiKeys/${misplaced}/auditEvents`, token: carrier },
    { path: `/v1/${misplaced}` },
    { path: `${tokens}/current?require=${misplaced}`, token: carrier },
    { method: 'POST', path: `${tokens}:generate`, token: carrier, body: { [misplaced]: 1 } },
    { path: `${tokens}?pageToken=${misplaced}`, token: carrier },
    { method: 'POST', path: `${tokens}:introspect`, token: carrier, body: { token: misplaced } },
    { method: 'POST', path: `${tokens}:generate`, token: carrier, body: { scopes: [misplaced] } },
    {
      method: 'POST',
      path: `${tokens}:generate`,
      token: carrier,
      body: `{"scopes":["${misplaced}"`,
    },
    {
      method: 'POST',
      path: `${tokens}:import`,
      token: carrier,
      body: { tokens: [{ sha256: misplaced }] },
    },
  ]
  for (const call of wrongPlaces) await send(call)
  const breakSql = 'ALTER TABLE tokens RENAME COLUMN display_prefix TO gone'
  await world.pool.query(breakSql)
  try {
    expect((await send({ path: `${tokens}/current`, token: carrier })).status).toBe(500)
  } finally {
    await world.pool.query('ALTER TABLE tokens RENAME COLUMN gone TO display_prefix')
  }
}

/** The forms in which a secret could lie about: itself, its random part, its bytes, its plain hashes. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    secret.slice(7, 50),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    createHash('sha256').update(secret).digest('hex'),
    createHash('md5').update(secret).digest('hex'),
  ]
}

const allForms = () => [...secrets].flatMap(formsOf)

function expectClean(text: string, where: string): void {
  const found = allForms().filter((form) => text.includes(form))
  expect(found, where).toEqual([])
}

it('there were secrets to leak', () => {
  expect(secrets.size).toBeGreaterThan(40)
  expect(
    answers.some(({ answer }) => answer.status === 200 && answer.text.includes('fx_sat_')),
  ).toBe(true)
})

it('no table holds a secret in any form', async () => {
  const { rows: tables } = await world.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  )
  expect(tables.length).toBeGreaterThan(12)
  for (const { name } of tables) {
    const { rows } = await world.pool.query<{ whole: string }>(
      `SELECT t::text AS whole FROM ${name} t`,
    )
    expectClean(rows.map(({ whole }) => whole).join('\n'), name)
  }
})

it('nothing that the process printed holds one', () => {
  const logs = world.product.logs()
  expect(logs).toContain('request failed')
  expectClean(logs, 'stdout and stderr')
})

it('no answer holds one but that which shows it once, nor a digest', async () => {
  const { rows } = await world.pool.query<{ digest: string }>(
    "SELECT encode(digest, 'hex') AS digest FROM tokens",
  )
  const digests = rows.map(({ digest }) => digest)
  for (const { call, answer, text } of answers) {
    expectClean(text, `${call.method ?? 'GET'} ${call.path}`)
    expectClean(JSON.stringify(answer.headers), `headers of ${call.path}`)
    expect(digests.filter((digest) => text.includes(digest))).toEqual([])
  }
})

it('answers that show a secret are never stored: no-store, no ETag, no Last-Modified', () => {
  const minting = answers.filter(({ answer, text }) => answer.text !== text)
  expect(minting.length).toBeGreaterThan(5)
  for (const { answer } of minting) {
    expect(answer.headers['cache-control']).toContain('no-store')
    expect(answer.headers).not.toHaveProperty('etag')
    expect(answer.headers).not.toHaveProperty('last-modified')
  }
})

it('every answer, refusals and probes too, carries the security headers', async () => {
  for (const path of [
    '/healthz',
    '/readyz',
    '/v1/openapi.json',
    '/v1/nowhere',
    `${org.path}/tokens`,
  ]) {
    const { headers } = await callApi(world.product.url, { path })
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringMatching(/max-age=\d{7,}/),
      'x-content-type-options': 'nosniff',
    })
    expect(headers).not.toHaveProperty('server')
    expect(headers).not.toHaveProperty('x-powered-by')
  }
})

it('a failure inside tells the caller its id and nothing of the inside', () => {
  const failed = answers.find(({ answer }) => answer.status === 500)
  expect(failed?.answer.json()).toMatchObject({ code: 'internal_error' })
  expect(failed?.text).not.toMatch(/display_prefix|column|SELECT|\bat \w+ \(|\.ts|node_modules/)
})
