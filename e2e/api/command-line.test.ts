import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type SignedIn, signedIn } from '@/e2e/api/support/session'
import {
  createWorld,
  type Organization,
  type Person,
  type Token,
  type World,
} from '@/e2e/api/support/world'
import { type Cli, openCli } from '@/e2e/support/run-cli'
import { devicePreset } from '@/lib/access/device-presets'
import { ALL_SCOPES } from '@/lib/access/scopes'
import { newId } from '@/lib/ids'

let world: World
let org: Organization
let admin: Person
let asAdmin: SignedIn
let token: Token
let cli: Cli
const secrets = new Set<string>()

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  admin = await org.person('ADMIN')
  asAdmin = await signedIn(world, admin)
  token = await org.token(admin, ALL_SCOPES, { name: 'carrier' })
  secrets.add(token.secret)
})
beforeEach(() => {
  cli = openCli(world.product.url)
})
afterEach(() => {
  const printed = cli.printed.join('\n')
  for (const secret of secrets) expect(printed).not.toContain(secret)
  expect(printed).not.toMatch(/fx_(?:pat|sat)_[0-9A-Za-z]{8}/)
  cli.remove()
})
afterAll(() => world.close())

/** With the token in the environment, as an agent. */
const agent = () => ({ FRUXON_AGENT_MODE: '1', FRUXON_TOKEN: token.secret, FRUXON_ORG: org.slug })
const asAgent = (...args: string[]) => cli.run(args, { env: agent() })

const approve = (userCode: string, body: object) =>
  asAdmin.post(`${org.path}/deviceAuthorizations/${userCode}:approve`, body)

async function logIn(preset = 'observer') {
  const run = cli.start(['login', '--preset', preset])
  const [userCode] = await run.saying(/[B-Z]{4}-[B-Z]{4}/)
  const answer = await approve(userCode, { preset })
  expect(answer.status, answer.text).toBe(200)
  return run.ended
}

function kept(): { token: string; slug: string } {
  const file = join(cli.home, 'credentials')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const { workspaces } = JSON.parse(readFileSync(file, 'utf8'))
  const [workspace] = Object.values(workspaces) as { token: string; slug: string }[]
  if (!workspace) throw new Error('Nothing is kept.')
  secrets.add(workspace.token)
  return workspace
}

const told = (stderr: string) => JSON.parse(stderr).error

describe('device authorization over HTTP', () => {
  const start = (body: object) =>
    world.call({ method: 'POST', path: '/v1/deviceAuthorizations', body })
  const poll = (code: string) => world.call({ path: `/v1/deviceAuthorizations/${code}` })

  it('goes from the asking to the token, which is in that answer only', async () => {
    const started = (
      await start({ preset: 'operator', clientType: 'CLI', clientName: 'Probe' })
    ).json<Record<string, string>>()
    expect(started).toMatchObject({
      verificationUrl: `${world.product.url}/device`,
      verificationUrlComplete: `${world.product.url}/device?user_code=${started.userCode}`,
      expiresInSeconds: 600,
      pollIntervalSeconds: 5,
    })
    const { deviceCode = '', userCode = '' } = started
    const waiting = await poll(deviceCode)
    expect([waiting.status, waiting.headers['retry-after']]).toEqual([202, '5'])
    expect((await poll(deviceCode)).json()).toMatchObject({ status: 429, code: 'slow_down' })
    const lookup = `/v1/deviceAuthorizations/${userCode.toLowerCase().replace('-', '')}:lookup`
    expect((await asAdmin.get(lookup)).json()).toMatchObject({
      ...{ userCode, clientType: 'CLI', clientName: 'Probe', requestedPreset: 'operator' },
      scopes: devicePreset('operator').scopes,
    })
    expect((await approve(userCode, { preset: 'admin' })).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/preset' }],
    })
    const bearer = { path: lookup, token: token.secret }
    expect((await world.call(bearer)).status).toBe(403)
    expect((await approve(userCode, { preset: 'operator' })).status).toBe(200)
    const done = await poll(deviceCode)
    const { apiKey } = done.json<{ apiKey: string }>()
    secrets.add(apiKey)
    expect(done.json()).toMatchObject({ tenantId: org.id, tenantSlug: org.slug })
    expect(done.headers['cache-control']).toBe('no-store')
    const current = await world.as({ secret: apiKey }).get(`${org.path}/tokens/current`)
    expect(current.json()).toMatchObject({ scopes: devicePreset('operator').scopes })
    const again = await poll(deviceCode)
    expect(again.json()).toMatchObject({ status: 410, code: 'device_grant_used' })
    expect((await asAdmin.get(lookup)).status).toBe(404)
    expect(again.text + world.product.logs()).not.toContain(deviceCode)
    expect(world.product.logs()).not.toContain(apiKey)
  })

  it('refuses what names no preset, what approves from long ago, and codes of nobody', async () => {
    expect((await start({})).status).toBe(400)
    expect((await start({ preset: 'root' })).status).toBe(400)
    const { userCode } = (await start({ preset: 'observer' })).json<{ userCode: string }>()
    const stale = await signedIn(world, admin, { confirmedAgoMs: 11 * 60_000 })
    const answer = await stale.post(`${org.path}/deviceAuthorizations/${userCode}:approve`, {
      preset: 'observer',
    })
    expect(answer.json()).toMatchObject({ status: 403, code: 'reauthentication_required' })
    expect((await approve('BBBB-BBBB', { preset: 'observer' })).status).toBe(404)
    expect((await poll('A'.repeat(43))).status).toBe(404)
  })
})

describe('signing in', () => {
  it('keeps the token of a browser’s approval, and a second time replaces it', async () => {
    const first = await logIn()
    expect(first, first.stderr).toMatchObject({ code: 0 })
    const old = kept()
    expect(old.slug).toBe(org.slug)
    const whoami = await cli.run(['whoami', '--output', 'json'])
    expect(JSON.parse(whoami.stdout)).toMatchObject({
      settings: {
        baseUrl: { value: world.product.url, origin: 'env FRUXON_BASE_URL' },
        workspace: { value: org.slug, origin: `file ${cli.home}/credentials` },
        token: { origin: `file ${cli.home}/credentials` },
        output: { value: 'json', origin: 'flag --output' },
      },
      identity: { email: `${admin.userId}@example.test` },
    })
    expect((await logIn('maintainer')).code).toBe(0)
    const fresh = kept()
    expect((await world.as({ secret: old.token }).get(`${org.path}/tokens/current`)).status).toBe(
      401,
    )
    expect((await cli.run(['doctor'])).stdout).toMatch(/✓ Token/)
    const out = await cli.run(['logout', '--revoke', '--output', 'json'])
    expect(JSON.parse(out.stdout)).toMatchObject({ revoked: true })
    expect((await world.as({ secret: fresh.token }).get(`${org.path}/tokens/current`)).status).toBe(
      401,
    )
    expect((await cli.run(['keys', 'list'])).code).toBe(10)
  })

  it('takes a token from standard input, and from nowhere else where an agent asks', async () => {
    const env = { FRUXON_AGENT_MODE: '1', FRUXON_ORG: org.slug }
    const alone = await cli.run(['login'], { env })
    expect([alone.code, told(alone.stderr).code]).toEqual([16, 'interactive_required'])
    const login = ['login', '--token']
    const wrong = await cli.run(login, { env, input: `fx_pat_${'0'.repeat(49)}` })
    expect(wrong.code).toBe(10)
    expect((await cli.run(login, { env, input: '' })).code).toBe(2)
    const good = await cli.run(login, { env, input: `${token.secret}\n` })
    expect(JSON.parse(good.stdout)).toMatchObject({ id: org.id, storage: 'file' })
    expect((await cli.run(['keys', 'list'], { env: { CI: 'true' } })).code).toBe(0)
    for (const name of ['FRUXON_TOKEN', 'FRUXON_API_KEY']) {
      const named = await cli.run(['whoami'], { env: { ...env, [name]: token.secret } })
      expect(JSON.parse(named.stdout).settings.token.origin).toMatch(new RegExp(`^env ${name}`))
    }
  })
})

describe('commands', () => {
  it('answer in every format, and print no secret', async () => {
    const account = await org.serviceAccount(['agents:read'])
    const accountToken = await org.token(account, ['agents:read'])
    secrets.add(accountToken.secret)
    const account1 = account.serviceAccountId
    const commands = [
      ['whoami'],
      ['doctor'],
      ['keys', 'list', '--all'],
      ['keys', 'show', token.id],
      ['keys', 'history', token.id],
      ['keys', 'activity', token.id, '--limit', '3'],
      ['keys', 'scopes', '--preset', 'runner'],
      ['keys', 'mint', '--name', 'prod', '--preset', 'runner', '--days', '30'],
      ['keys', 'rotate', token.id],
      ['service-accounts', 'list'],
      ['service-accounts', 'show', account1],
      ['service-accounts', 'history', account1],
      ['service-accounts', 'activity', account1],
      ['usage', 'cost', 'nobody', '--from', '7d'],
      ['usage', 'models', 'nobody'],
      ['pricing', 'list', '--limit', '5'],
      ['pricing', 'search', 'gpt-4o'],
    ]
    const known = await reportUsage('nobody')
    expect(known).toBeLessThan(300)
    await Promise.all(
      commands.map(async (args) => {
        // Each alone takes a process: all as tables, which know most ways to go wrong, and some in every form.
        const formats = args.length > 2 ? ['table'] : ['table', 'json', 'id']
        for (const format of formats) {
          const outcome = await asAgent(...args, '--output', format)
          expect([outcome.code, outcome.stderr], args.join(' ')).toEqual([0, ''])
          if (format === 'json') JSON.parse(outcome.stdout)
        }
      }),
    )
  })

  it('end and pause only with --yes, and then really', async () => {
    const victim = await org.token(admin, ['agents:read'], { name: 'victim' })
    secrets.add(victim.secret)
    const reads = () => world.as(victim).get(`${org.path}/tokens/current`)
    const unasked = await asAgent('keys', 'revoke', victim.id)
    expect([unasked.code, told(unasked.stderr).hint]).toEqual([16, 'Say --yes.'])
    expect((await reads()).status).toBe(200)
    expect((await asAgent('keys', 'delete', victim.id, '--yes')).code).toBe(0)
    expect((await reads()).status).toBe(401)
    const account = await org.serviceAccount(['agents:read'])
    const worker = await org.token(account, ['agents:read'])
    secrets.add(worker.secret)
    const works = async () => (await world.as(worker).get(`${org.path}/tokens/current`)).status
    const decide = (verb: string) => asAgent('sa', verb, account.serviceAccountId, '--yes')
    expect([(await decide('suspend')).code, await works()]).toEqual([0, 401])
    expect([(await decide('resume')).code, await works()]).toEqual([0, 200])
    expect([(await decide('revoke')).code, await works()]).toEqual([0, 401])
    const over = await decide('resume')
    expect([over.code, told(over.stderr).exit_code]).toEqual([13, 13])
  })

  it('read every page of a list', async () => {
    const crowd = await world.organization()
    const boss = await crowd.token(await crowd.person('ADMIN'), ['keys:read'])
    secrets.add(boss.secret)
    await world.pool.query(
      `INSERT INTO service_accounts (organization_id, id, name, scopes, created_by_label)
       SELECT $1, gen_random_uuid(), 'worker ' || n, '{}', 'Test' FROM generate_series(1, 305) n`,
      [crowd.id],
    )
    const env = { FRUXON_TOKEN: boss.secret }
    const list = ['sa', 'list', '--workspace', crowd.slug, '--output', 'id', '--limit']
    const { stdout } = await cli.run([...list, '1000'], { env })
    expect(new Set(stdout.trim().split('\n')).size).toBe(305)
    expect((await cli.run([...list, '250'], { env })).stdout.trim().split('\n')).toHaveLength(250)
  })

  it('lead to the browser for secrets, and make none themselves', async () => {
    const before = await world.pool.query('SELECT 1 FROM tokens')
    const mint = await asAgent(
      'keys',
      'mint',
      '--name',
      'prod',
      '--preset',
      'runner',
      '--days',
      '30',
    )
    expect(JSON.parse(mint.stdout)).toEqual({
      opened: false,
      url: `${world.product.url}/${org.slug}/settings/api-access?tab=personal&create=1&name=prod&preset=runner&expirationDays=30`,
    })
    const rotate = await asAgent('keys', 'rotate', token.id)
    expect(JSON.parse(rotate.stdout).url).toMatch(new RegExp(`/tokens/${token.id}\\?rotate=1$`))
    expect((await world.pool.query('SELECT 1 FROM tokens')).rowCount).toBe(before.rowCount)
  })

  it('say what went wrong in one line and by the exit code', async () => {
    const narrow = await org.token(admin, ['agents:read'])
    secrets.add(narrow.secret)
    const failing = createServer((_request, response) => response.writeHead(500).end('{}'))
    await new Promise<void>((resolve) => failing.listen(0, '127.0.0.1', resolve))
    const broken = `http://127.0.0.1:${(failing.address() as AddressInfo).port}`
    const cases: [number, string[], Record<string, string>?][] = [
      [2, ['key', 'list']],
      [2, ['keys', 'show', token.secret]],
      [2, ['keys', 'list', '--output', 'xml']],
      [2, ['--base-url', 'nowhere', 'whoami']],
      [10, ['keys', 'list'], { FRUXON_TOKEN: narrow.secret }],
      [10, ['keys', 'list'], { FRUXON_TOKEN: 'fx_pat_wrong' }],
      [10, ['keys', 'list'], { FRUXON_TOKEN: '' }],
      [11, ['keys', 'show', newId()]],
      [11, ['keys', 'list'], { FRUXON_ORG: 'somebody-else' }],
      [12, ['pricing', 'search', 'x'.repeat(201)]],
      [14, ['keys', 'list'], { FRUXON_BASE_URL: broken }],
      [15, ['keys', 'list'], { FRUXON_BASE_URL: 'http://127.0.0.1:1' }],
    ]
    await Promise.all(
      cases.map(async ([code, args, env]) => {
        const outcome = await cli.run(args, { env: { ...agent(), ...env } })
        const title = `${args.join(' ')} ${outcome.stderr}`
        expect([outcome.code, outcome.stdout], title).toEqual([code, ''])
        expect(outcome.stderr.trim().split('\n'), title).toHaveLength(1)
        expect(told(outcome.stderr).exit_code, title).toBe(code)
      }),
    )
    failing.close()
    const typo = await cli.run(['key'])
    expect(typo.stderr).toContain('Did you mean keys?')
    const refused = await cli.run(['keys', 'list'], {
      env: { ...agent(), FRUXON_TOKEN: narrow.secret },
    })
    expect(told(refused.stderr).hint).toContain('fruxon login --preset observer')
  })
})

async function reportUsage(agentName: string): Promise<number> {
  const { status } = await world.as(token).post(`${org.path}/usageEvents:ingest`, [
    {
      ...{ specversion: '1.0', id: newId(), source: 'cli-test' },
      ...{ type: 'com.fruxon.usage.model-call', time: new Date().toISOString() },
      data: { provider: 'openai', model: 'gpt-4o', agent: agentName, inputTokens: 10 },
    },
  ])
  return status
}
