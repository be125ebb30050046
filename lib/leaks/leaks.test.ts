import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import { verifyAuditChain } from '@/lib/audit/verify'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import { fetchPublicText } from '@/lib/leaks/fetch-public'
import { GithubKeys, parseGithubKeys } from '@/lib/leaks/github-keys'
import { identifyTokens } from '@/lib/leaks/identify'
import { PLACES_MAX } from '@/lib/leaks/model'
import { getLeakPolicy, setLeakPolicy } from '@/lib/leaks/policy'
import { listLeakReports } from '@/lib/leaks/queries'
import { settleGithubReports } from '@/lib/leaks/receive'
import { settleLeak } from '@/lib/leaks/settle'
import { sightingOf } from '@/lib/leaks/sighting'
import { suspendServiceAccount } from '@/lib/service-accounts/commands'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { letPass, mint, provision, rotate, verdictOn } from '@/lib/testing/token-fixture'
import { lookupDigests } from '@/lib/tokens/digest'
import { importTokens } from '@/lib/tokens/import'
import { DAY_MS } from '@/lib/tokens/model'
import { getToken } from '@/lib/tokens/queries'
import { revokeToken } from '@/lib/tokens/revoke'
import { generateSecret, secretShape } from '@/lib/tokens/secret'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const GIST = 'https://gist.example/octocat/1'
const request = () => ({ id: newId(), channel: 'api', ip: '192.0.2.7', userAgent: null }) as const

async function setting() {
  const organization = await product.organization()
  return { organization, admin: await organization.member('ADMIN') }
}

/** As GitHub reports it, with its verdict. */
async function github(ctx: Context, secret: string, url = GIST): Promise<string | undefined> {
  const reports = [{ token: secret, type: 'fruxon_token', url, source: 'content' }]
  const [verdict] = await settleGithubReports(ctx, reports, request())
  return verdict?.label
}

function anybody(ctx: Context, secret: string, told: { url?: string; comment?: string } = {}) {
  const digests = lookupDigests(ctx.crypto.peppers, secret, secretShape(secret))
  return settleLeak(ctx, { digests, sighting: sightingOf('ANYBODY', told), request: request() })
}

async function eventsOf(ctx: Context, tokenId: string) {
  const { items } = await listAuditEvents(ctx, { targetId: tokenId })
  return items.map(({ eventType, details }) => [eventType, details])
}

async function noticesOf(tokenId: string) {
  const { rows } = await product.db.pool.query<{ userId: string; outcome: string; reason: string }>(
    `SELECT user_id AS "userId", facts->>'outcome' AS outcome, reason FROM notifications
     WHERE kind = 'token-leaked' AND facts->>'tokenId' = $1 ORDER BY id`,
    [tokenId],
  )
  return rows
}

describe('a live token that is reported', () => {
  it('dies at once, and its owner and every admin are told, with an e-mail', async () => {
    const { organization, admin } = await setting()
    const owner = await organization.member('MEMBER')
    const token = await mint(owner)
    expect(await github(admin, token.secret)).toBe('true_positive')
    expect(await verdictOn(product.verifier, token.secret)).toBe('revoked')
    expect(await getToken(owner, { tokenId: token.id })).toMatchObject({
      state: 'revoked',
      endReason: 'LEAKED',
      stateReason: 'The secret was reported as leaked by GitHub secret scanning.',
    })
    expect(await noticesOf(token.id)).toEqual(
      expect.arrayContaining([
        { userId: owner.principal.userId, outcome: 'REVOKED', reason: 'OWNER' },
        { userId: admin.principal.userId, outcome: 'REVOKED', reason: 'ADMIN' },
      ]),
    )
    const { rows } = await product.db.pool.query<{ subject: string }>(
      `SELECT facts->>'title' AS subject FROM outgoing_emails WHERE organization_id = $1 AND recipient = $2`,
      [organization.id, owner.principal.email],
    )
    expect(rows.map(({ subject }) => subject)).toContain(
      'prod-server was reported as leaked and revoked',
    )
    const where = { source: 'GITHUB', url: GIST }
    expect((await eventsOf(admin, token.id)).slice(0, 2)).toEqual([
      ['REVOKED', { reason: 'LEAKED', ...where }],
      ['LEAK_REPORTED', { ...where, outcome: 'REVOKED', keyPrefix: token.summary.displayPrefix }],
    ])
    expect(await verifyAuditChain(product.db, { organizationId: organization.id })).toMatchObject({
      ok: true,
    })
  })

  it('goes on working where the organization only wants to be told, once a day', async () => {
    const { admin } = await setting()
    await setLeakPolicy(admin, { onLeak: 'NOTIFY' })
    const token = await mint(admin)
    for (const url of [GIST, `${GIST}#2`]) await github(admin, token.secret, url)
    expect(await verdictOn(product.verifier, token.secret)).toBe('accepted')
    expect(await noticesOf(token.id)).toHaveLength(1)
    await setLeakPolicy(admin, { onLeak: 'REVOKE' })
    await github(admin, token.secret)
    expect(await verdictOn(product.verifier, token.secret)).toBe('revoked')
    const outcomes = (await noticesOf(token.id)).map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['NOTIFIED', 'REVOKED'])
    const { items } = await listLeakReports(admin, {})
    expect(items).toMatchObject([{ outcome: 'REVOKED', reports: 3 }])
  })

  it('dies though its account is suspended: resuming it must not bring the secret back', async () => {
    const { admin } = await setting()
    const { account, token } = await provision(admin)
    await suspendServiceAccount(admin, { serviceAccountId: account.id })
    expect(await anybody(admin, token.secret)).toBe('REVOKED')
    expect(await getToken(admin, { tokenId: token.id })).toMatchObject({ endReason: 'LEAKED' })
    expect(await noticesOf(token.id)).toMatchObject([{ reason: 'ADMIN' }])
  })

  it('dies alone: the secret that replaced it has not leaked', async () => {
    const { admin } = await setting()
    const old = await mint(admin)
    const fresh = await rotate(admin, old.id, { graceSeconds: 3600 })
    expect(await verdictOn(product.verifier, old.secret)).toBe('accepted')
    expect(await anybody(admin, old.secret)).toBe('REVOKED')
    expect(await verdictOn(product.verifier, old.secret)).toBe('revoked')
    expect(await verdictOn(product.verifier, fresh.secret)).toBe('accepted')
  })

  it('may be a key of the older system', async () => {
    const { admin } = await setting()
    const key = `fx_live_${newId().replaceAll('-', '')}`
    const sha256 = createHash('sha256').update(key).digest('hex')
    await importTokens(admin, {
      tokens: [
        {
          name: 'old',
          sha256,
          keyPrefix: 'fx_live_',
          last4: key.slice(-4),
          scopes: ['agents:read'],
        },
      ],
    })
    expect(await verdictOn(product.verifier, key)).toBe('accepted')
    expect(await github(admin, key)).toBe('true_positive')
    expect(await verdictOn(product.verifier, key)).toBe('revoked')
  })

  it('is settled once by reports that come at once', async () => {
    const { admin } = await setting()
    const token = await mint(admin)
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => anybody(admin, token.secret, { url: GIST })),
    )
    expect(outcomes.filter((outcome) => outcome === 'REVOKED')).toHaveLength(1)
    const events = (await eventsOf(admin, token.id)).map(([eventType]) => eventType)
    expect(events).toEqual(['REVOKED', 'LEAK_REPORTED', 'MINTED'])
    expect(await noticesOf(token.id)).toHaveLength(1)
    const { items } = await listLeakReports(admin, {})
    expect(items).toMatchObject([{ reports: 6, places: [{ url: GIST, reports: 6 }] }])
  })
})

describe('a report', () => {
  it('of an ended token is recorded, and ends and tells nothing', async () => {
    const { organization, admin } = await setting()
    const revoked = await mint(admin)
    await revokeToken(admin, { tokenId: revoked.id })
    const expired = await mint(admin, { expirationDays: 1 })
    await letPass(product.db, organization.id, { milliseconds: 2 * DAY_MS })
    for (const token of [revoked, expired]) {
      expect(await github(admin, token.secret)).toBe('true_positive')
      expect(await noticesOf(token.id)).toEqual([])
      expect((await eventsOf(admin, token.id))[0]).toMatchObject([
        'LEAK_REPORTED',
        { outcome: 'ALREADY_ENDED' },
      ])
    }
    const { items, totalCount } = await listLeakReports(admin, {})
    expect(items.map(({ token, outcome }) => [token.state, outcome])).toEqual([
      ['expired', 'ALREADY_ENDED'],
      ['revoked', 'ALREADY_ENDED'],
    ])
    expect(totalCount).toBe(2)
  })

  it('of what is no token changes nothing', async () => {
    const { organization, admin } = await setting()
    const { secret } = generateSecret('USER')
    for (const text of [secret, `${secret.slice(0, -1)}!`, 'hello']) {
      expect(await github(admin, text)).toBe('false_positive')
    }
    const { rows } = await product.db.pool.query(
      'SELECT 1 FROM leak_reports WHERE organization_id = $1',
      [organization.id],
    )
    expect(rows).toEqual([])
  })

  it('is kept without the secret, whatever it says, and places are kept up to a bound', async () => {
    const { organization, admin } = await setting()
    const { secret, id } = await mint(admin)
    const hidden = encodeURIComponent(encodeURIComponent(`=${secret}`)).replaceAll('_', '%5F')
    await anybody(admin, secret, {
      url: `https://user:word@paste.example/a?key=${secret}`,
      comment: `look: ${secret}\u202e!`,
    })
    await anybody(admin, secret, { url: `https://paste.example/${hidden}` })
    await anybody(admin, secret, { url: 'javascript:alert(1)' })
    const [first] = (await listLeakReports(admin, {})).items
    expect(first?.places.map(({ url, comment }) => [url, comment])).toEqual([
      [null, null],
      ['https://paste.example', null],
      ['https://paste.example/a?key=fx_pat_…', 'look: fx_pat_… !'],
    ])
    for (let page = 0; page < PLACES_MAX + 3; page++) {
      await anybody(admin, secret, { url: `${GIST}?page=${page}` })
    }
    const [report] = (await listLeakReports(admin, {})).items
    expect(report).toMatchObject({ reports: PLACES_MAX + 6 })
    expect(report?.places).toHaveLength(PLACES_MAX)
    expect((await eventsOf(admin, id)).length).toBe(PLACES_MAX + 2)
    const { rows } = await product.db.pool.query<{ whole: string }>(
      `SELECT r::text || (SELECT string_agg(payload, '') FROM audit.event WHERE organization_id = $1)
         || (SELECT string_agg(n::text, '') FROM notifications n WHERE organization_id = $1)
         || (SELECT string_agg(e::text, '') FROM outgoing_emails e WHERE organization_id = $1) AS whole
       FROM leak_reports r WHERE organization_id = $1`,
      [organization.id],
    )
    expect(rows[0]?.whole).not.toContain(secret.slice(7, 50))
  })

  it('is listed by pages, for those who see the whole inventory', async () => {
    const { organization, admin } = await setting()
    const tokens = [await mint(admin), await mint(admin), await mint(admin)]
    for (const { secret } of tokens) await anybody(admin, secret)
    const first = await listLeakReports(admin, { pageSize: 2 })
    const rest = await listLeakReports(admin, { pageSize: 2, pageToken: first.nextPageToken })
    const ids = [...first.items, ...rest.items].map(({ token }) => token.id)
    expect(ids).toEqual(tokens.map(({ id }) => id).reverse())
    expect(rest.nextPageToken).toBe('')
    const member = await organization.member('MEMBER')
    await expect(listLeakReports(member, {})).rejects.toMatchObject({ code: 'role_insufficient' })
  })
})

it('changes the policy with an audit event; a program never back to telling only', async () => {
  const { organization, admin } = await setting()
  expect(await getLeakPolicy(admin)).toEqual({ onLeak: 'REVOKE' })
  await setLeakPolicy(admin, { onLeak: 'REVOKE' })
  await setLeakPolicy(admin, { onLeak: 'NOTIFY' })
  const { items } = await listAuditEvents(admin, { eventTypes: ['POLICY_CHANGED'] })
  expect(items.map(({ details }) => details)).toEqual([
    { before: { onLeak: 'REVOKE' }, after: { onLeak: 'NOTIFY' } },
  ])
  const { secret } = await mint(admin, { scopes: ['organization:read', 'organization:write'] })
  const program = await organization.bearer(secret)
  await setLeakPolicy(program, { onLeak: 'REVOKE' })
  await expect(setLeakPolicy(program, { onLeak: 'NOTIFY' })).rejects.toMatchObject({
    code: 'loosening_needs_person',
  })
})

it('says whose the tokens of a text are; another organization’s reads like none', async () => {
  const { organization, admin } = await setting()
  const own = await mint(admin)
  const ended = await mint(admin)
  await revokeToken(admin, { tokenId: ended.id })
  const foreign = await mint((await setting()).admin)
  const { secret: made } = generateSecret('SERVICE_ACCOUNT')
  const text = [
    `FRUXON_TOKEN=${own.secret}; echo ${ended.secret}`,
    'nothing here',
    `"${foreign.secret}" ${made} ${own.secret}`,
    own.secret.slice(0, -3),
  ].join('\r\n')
  const found = await identifyTokens(admin, { text })
  expect(
    found.map(({ line, token, isDamaged }) => [line, token?.id, token?.state, isDamaged]),
  ).toEqual([
    [1, own.id, 'active', false],
    [1, ended.id, 'revoked', false],
    [3, undefined, undefined, false],
    [3, undefined, undefined, false],
    [4, undefined, undefined, true],
  ])
  expect(await identifyTokens(admin, { text: 'no token' })).toEqual([])
  expect(JSON.stringify(found)).not.toContain(own.secret.slice(7, 50))
  expect((await listLeakReports(admin, {})).totalCount).toBe(0)
  const member = await organization.member('FINANCE')
  await expect(identifyTokens(member, { text })).rejects.toMatchObject({ kind: 'forbidden' })
})

describe('keys of GitHub', () => {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const [old, next] = [pair(), pair()]
  const pem = (keys: typeof old) => keys.publicKey.export({ type: 'spki', format: 'pem' })
  const listOf = (keys: Record<string, typeof old>) =>
    JSON.stringify({
      public_keys: Object.entries(keys).map(([key_identifier, key]) => ({
        key_identifier,
        key: pem(key),
        is_current: true,
      })),
    })
  const body = Buffer.from('[]')
  const signed = (keys: typeof old, identifier: string) => ({
    body,
    identifier,
    signature: sign('sha256', body, keys.privateKey).toString('base64'),
  })

  it('are fetched again for one that is unknown, at most every five minutes', async () => {
    let list = listOf({ old })
    let asked = 0
    const failures: unknown[] = []
    const fetchList = async () => {
      asked++
      return list
    }
    const onFailure = (error: unknown) => failures.push(error)
    const keys = new GithubKeys({ fixed: null, fetchList, onFailure })
    const both = await Promise.all([
      keys.isSigned(signed(old, 'old'), 0),
      keys.isSigned(signed(next, 'next'), 0),
    ])
    expect([...both, asked]).toEqual([true, false, 1])
    list = listOf({ next })
    expect(await keys.isSigned(signed(next, 'next'), 299_999)).toBe(false)
    expect(await keys.isSigned(signed(next, 'next'), 300_000)).toBe(true)
    expect(await keys.isSigned(signed(old, 'old'), 300_001)).toBe(false)
    list = 'nonsense'
    expect(await keys.isSigned(signed(next, 'next'), 2 * DAY_MS)).toBe(true)
    expect([asked, failures.length]).toEqual([3, 1])
  })

  it('fit only what they signed, and only of the curve P-256', async () => {
    const fixed = parseGithubKeys(listOf({ old }))
    const keys = new GithubKeys({ fixed, fetchList: null, onFailure: () => undefined })
    const good = signed(old, 'old')
    const verdicts = [
      good,
      { ...good, body: Buffer.from('[] ') },
      { ...good, signature: signed(next, 'old').signature },
      { ...good, signature: null },
      { ...good, signature: 'A'.repeat(96) },
      { ...good, identifier: null },
      { ...good, identifier: 'next' },
    ].map((attempt) => keys.isSigned(attempt, 0))
    expect(await Promise.all(verdicts)).toEqual([true, ...Array(6).fill(false)])
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    expect(() => parseGithubKeys(listOf({ wrong: p384 }))).toThrow('P-256')
  })

  it.each([
    'http://api.github.com/keys',
    'https://127.0.0.1/keys',
    'https://2130706433/keys',
    'https://[::1]/keys',
    'https://[::ffff:10.0.0.1]/keys',
    'https://169.254.169.254/latest/meta-data',
    'https://10.1.2.3/keys',
    'https://localhost/keys',
  ])('are never fetched from %s', async (address) => {
    await expect(fetchPublicText(address)).rejects.toThrow(/private network|https/)
  })
})
