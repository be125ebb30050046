import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signedIn } from '@/e2e/api/support/session'
import {
  type Caller,
  createWorld,
  type Organization,
  type Person,
  type Token,
  type World,
} from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'

let world: World
let org: Organization
let admin: Person
let token: Token
let caller: Caller

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  org = await world.organization()
  admin = await org.person('ADMIN')
  token = await org.token(admin, ALL_SCOPES)
  caller = world.as(token)
})

const put = (path: string, body: unknown, secret = token.secret) =>
  world.call({ method: 'PUT', path: `${org.path}/${path}`, token: secret, body })
const get = (path: string) => caller.get(`${org.path}/${path}`)
const ask = (body: unknown = {}) => caller.post(`${org.path}/budgets:check`, body)

describe('what is refused', () => {
  it('is named by its pointer', async () => {
    const cases: [unknown, string][] = [
      [{}, '/amount'],
      [{ amount: 0 }, '/amount'],
      [{ amount: -1 }, '/amount'],
      [{ amount: '10' }, '/amount'],
      [{ amount: 1e12 }, '/amount'],
      [{ amount: 1, thresholdRules: [{ percent: 0 }] }, '/thresholdRules/0/percent'],
      [{ amount: 1, thresholdRules: [{ percent: 12.5 }] }, '/thresholdRules/0/percent'],
      [{ amount: 1, thresholdRules: [{ percent: 1001 }] }, '/thresholdRules/0/percent'],
      [{ amount: 1, thresholdRules: Array(11).fill({ percent: 1 }) }, '/thresholdRules'],
      [{ amount: 1, enforceLimit: 'yes' }, '/enforceLimit'],
      [{ amount: 1, currency: 'EUR' }, '/currency'],
    ]
    for (const path of ['budget', 'agents/support/budget', `tokens/${token.id}/budget`]) {
      for (const [body, pointer] of cases) {
        const answer = await put(path, body)
        expect(answer.json(), JSON.stringify(body)).toMatchObject({
          status: 400,
          errors: [{ pointer }],
        })
      }
    }
    expect((await get('budget?origin=BOTH')).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/query/origin' }],
    })
    expect((await ask({ agent: '' })).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/agent' }],
    })
  })

  it('is a change by a token of somebody who is no admin', async () => {
    const member = await org.person('MEMBER')
    const scopes = ['agents:read', 'agents:write', 'keys:read', 'keys:write'] as const
    const own = await org.token(member, scopes)
    for (const path of ['agents/support/budget', `tokens/${own.id}/budget`]) {
      expect((await put(path, { amount: 1 }, own.secret)).json()).toMatchObject({
        status: 403,
        code: 'role_insufficient',
      })
    }
  })

  it('is a call without a scope, and one with the session of a person', async () => {
    const reader = await org.token(admin, ['agents:read'])
    const answer = await put('agents/support/budget', { amount: 1 }, reader.secret)
    expect(answer.json()).toMatchObject({ status: 403, missingScopes: ['agents:write'] })
    const { cookie } = await signedIn(world, admin)
    const headers = { Cookie: cookie, Origin: world.product.url }
    const byCookie = await world.call({ path: `${org.path}/budget`, headers })
    expect(byCookie.status).toBe(401)
  })

  it('is another organization’s, as if there were none', async () => {
    const neighbour = await world.organization()
    const theirs = await neighbour.token(await neighbour.person('ADMIN'), ALL_SCOPES)
    await put('agents/support/budget', { amount: 1 })
    const paths = ['budget', 'agents/support/budget', `tokens/${token.id}/budget`]
    for (const path of paths) {
      expect((await world.as(theirs).get(`${org.path}/${path}`)).status).toBe(404)
    }
    for (const path of paths.slice(1)) {
      expect((await world.as(theirs).get(`${neighbour.path}/${path}`)).status).toBe(404)
    }
  })
})
