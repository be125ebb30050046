import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type Organization, type Person, type World } from '@/e2e/api/support/world'
import { type ApiAnswer, callApi } from '@/e2e/support/api-client'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { generateSecret } from '@/lib/tokens/secret'

/** Who reports leaked tokens has no token, no session and no organization: a secret, or GitHub's signature. */

const ANYBODY = '/v1/leakReports'
const GITHUB = '/v1/leakReports/github'
const URL = 'https://github.example/octocat/hello/blob/main/.env'

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
/** GitHub is about to change over to the second. */
const keys = { present: pair(), coming: pair(), foreign: pair() }
const listed = (['present', 'coming'] as const).map((key_identifier) => ({
  key_identifier,
  key: keys[key_identifier].publicKey.export({ type: 'spki', format: 'pem' }),
  is_current: key_identifier === 'present',
}))

let world: World
let org: Organization
let admin: Person
/** Every secret that was reported, and all that was answered. */
const secrets: string[] = []
const answers: ApiAnswer[] = []

beforeAll(async () => {
  world = await createWorld({
    env: {
      LEAK_GITHUB_KEYS: JSON.stringify({ public_keys: listed }),
      SECURITY_CONTACT: 'mailto:security@example.test',
      LOG_LEVEL: 'debug',
    },
  })
  org = await world.organization()
  admin = await org.person('ADMIN')
})
afterAll(() => world.close())

async function leak(): Promise<string> {
  const { secret } = await org.token(admin, ALL_SCOPES)
  secrets.push(secret)
  return secret
}

function bodyOf(...tokens: string[]): string {
  return JSON.stringify(
    tokens.map((token) => ({
      token,
      type: 'fruxon_token',
      url: `${URL}?t=${token}`,
      source: 'commit',
    })),
  )
}

interface LeakPage {
  items: { reportedToken: { id: string } }[]
}

interface Signing {
  key?: keyof typeof keys
  /** Of the key, unless told. */
  identifier?: string
  /** Right, unless told. */
  signature?: string
}

async function github(body: string, signing: Signing = {}): Promise<ApiAnswer> {
  const { key = 'present', identifier = key, signature } = signing
  const answer = await callApi(world.product.url, {
    method: 'POST',
    path: GITHUB,
    body,
    headers: {
      'Content-Type': 'application/json',
      'Github-Public-Key-Identifier': identifier,
      'Github-Public-Key-Signature':
        signature ?? sign('sha256', Buffer.from(body), keys[key].privateKey).toString('base64'),
    },
  })
  answers.push(answer)
  return answer
}

async function report(body: unknown, userAgent = 'finder'): Promise<ApiAnswer> {
  const headers = { 'User-Agent': userAgent }
  const answer = await callApi(world.product.url, { method: 'POST', path: ANYBODY, body, headers })
  answers.push(answer)
  return answer
}

const statusOf = async (secret: string) =>
  (await world.as({ secret }).get(`${org.path}/tokens/current`)).status

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('GitHub', () => {
  it('is answered for each token, in its feedback format, and the token is dead by then', async () => {
    const secret = await leak()
    const { secret: unknown } = generateSecret('USER')
    const answer = await github(bodyOf(secret, unknown, 'no-token'))
    expect([answer.status, answer.json()]).toEqual([
      200,
      [
        [secret, 'true_positive'],
        [unknown, 'false_positive'],
        ['no-token', 'false_positive'],
      ].map(([token = '', label]) => ({
        token_hash: sha256(token),
        token_type: 'fruxon_token',
        label,
      })),
    ])
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(await statusOf(secret)).toBe(401)
  })

  it('may sign with either key while it changes over, and send the same again', async () => {
    const secret = await leak()
    const body = bodyOf(secret)
    const first = await github(body, { key: 'coming' })
    const again = await github(body, { key: 'coming' })
    expect(again.json()).toEqual(first.json())
    const holder = world.as(await org.token(admin, ALL_SCOPES))
    const [report] = (await holder.get(`${org.path}/leakReports`)).json<LeakPage>().items
    expect(report).toMatchObject({
      reportedToken: { keyPrefix: secret.slice(0, 11), state: 'REVOKED' },
      outcome: 'REVOKED',
      reports: 2,
      places: [{ source: 'GITHUB', kind: 'commit', url: `${URL}?t=fx_pat_…`, reports: 2 }],
    })
    const { rows } = await world.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit.event
       WHERE target_id = $1 AND event_type IN ('REVOKED', 'LEAK_REPORTED')`,
      [report?.reportedToken.id],
    )
    expect(rows[0]?.count).toBe(2)
  })

  it('is not believed without a signature that fits body and key', async () => {
    const secret = await leak()
    const body = bodyOf(secret)
    const refused = [
      await callApi(world.product.url, { method: 'POST', path: GITHUB, body }),
      await github(body, { signature: '' }),
      await github(body, { signature: 'not base64!' }),
      await github(body, { signature: Buffer.alloc(70).toString('base64') }),
      await github(body, { key: 'foreign' }),
      await github(body, { key: 'foreign', identifier: 'present' }),
      await github(body, { identifier: '' }),
      await github(`${body} `, {
        signature: sign('sha256', Buffer.from(body), keys.present.privateKey).toString('base64'),
      }),
    ]
    for (const answer of refused) {
      expect(answer.headers['content-type']).toBe('application/problem+json')
      expect(answer.json()).toMatchObject({ status: 401, code: 'signature_invalid' })
      expect(answer.headers['www-authenticate']).toBeDefined()
      expect(answer.text).not.toContain('positive')
    }
    expect(await statusOf(secret)).toBe(200)
  })

  it('is told what is wrong with a body that it signed', async () => {
    expect((await github('{"token":')).json()).toMatchObject({ status: 400 })
    expect((await github('[{"token":1}]')).json()).toMatchObject({ status: 400 })
    expect((await github('[]')).json()).toEqual([])
    expect((await github(' '.repeat(1024 * 1024 + 1))).status).toBe(413)
  })
})

describe('anybody', () => {
  it('is thanked the same for a live, an unknown, a dead and no token; the live one dies', async () => {
    const secret = await leak()
    const { secret: unknown } = generateSecret('SERVICE_ACCOUNT')
    const bodies = [
      { token: secret, url: URL, comment: `I found ${secret}` },
      { token: unknown },
      { token: secret },
      { token: 'hello' },
    ]
    const thanks: ApiAnswer[] = []
    for (const body of bodies) thanks.push(await report(body, `finder of ${secret}`))
    expect(new Set(thanks.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(thanks[0]?.status).toBe(202)
    await expect.poll(() => statusOf(secret), { timeout: 20_000 }).toBe(401)
  })

  it('may send a form, as RFC 7009 has it, and nothing too large or unknown', async () => {
    const secret = await leak()
    const answer = await callApi(world.product.url, {
      method: 'POST',
      path: ANYBODY,
      body: `token=${secret}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })
    expect(answer.status).toBe(202)
    const refused = [
      await report({}),
      await report({ token: 'x'.repeat(513) }),
      await report({ token: secret, [secret]: 1 }),
      await report({ token: secret, comment: 'x'.repeat(501) }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400])
    expect((await report({ token: 'x'.repeat(9000) })).status).toBe(413)
    await expect.poll(() => statusOf(secret), { timeout: 20_000 }).toBe(401)
  })

  it('may report so often and no oftener, and GitHub goes on', async () => {
    const statuses: number[] = []
    for (let call = 0; call < 25; call++) statuses.push((await report({ token: 'hello' })).status)
    expect(new Set(statuses)).toEqual(new Set([202, 429]))
    const last = await report({ token: 'hello' })
    expect(last.headers).toMatchObject({
      'retry-after': expect.stringMatching(/^\d+$/),
      ratelimit: expect.stringContaining('r=0'),
    })
    expect((await github('[]')).status).toBe(200)
  })

  it('is told where to report by security.txt', async () => {
    const { status, text, headers } = await callApi(world.product.url, {
      path: '/.well-known/security.txt',
    })
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(text).toContain('Contact: mailto:security@example.test\n')
    expect(text).toContain(ANYBODY)
    const expires = Date.parse(/^Expires: (.+)$/m.exec(text)?.[1] ?? '')
    expect(expires).toBeGreaterThan(Date.now())
    expect(expires).toBeLessThan(Date.now() + 365 * 86_400_000)
  })
})

it('leaves a reported secret in no table, no log and no answer', async () => {
  const forms = secrets.flatMap((secret) => [
    secret,
    secret.slice(7, 50),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ])
  const found = (text: string) => forms.filter((form) => text.includes(form))
  expect(secrets.length).toBeGreaterThan(4)
  for (const { text } of answers) expect(found(text)).toEqual([])
  expect(world.product.logs()).not.toBe('')
  expect(found(world.product.logs())).toEqual([])
  const { rows: tables } = await world.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  )
  for (const { name } of tables) {
    const { rows } = await world.pool.query<{ whole: string | null }>(
      `SELECT string_agg(t::text, ' ') AS whole FROM ${name} t`,
    )
    expect(found(rows[0]?.whole ?? ''), name).toEqual([])
  }
})
