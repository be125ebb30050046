import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOf, stateOf } from '@/e2e/api/support/history'
import { createWorld, type World } from '@/e2e/api/support/world'
import { ALL_SCOPES } from '@/lib/access/scopes'

const scopes = ['agents:read']

let world: World

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

describe('the organization’s policy', () => {
  it('refuses a longer life, and none at all', async () => {
    const strict = await world.organization({ maxLifetimeDays: 30 })
    const admin = world.as(await strict.token(await strict.person('ADMIN'), ALL_SCOPES))
    const path = `${strict.path}/tokens:generate`
    for (const expirationDays of [31, null, undefined]) {
      const answer = await admin.post(path, { scopes, expirationDays })
      expect(answer.json()).toMatchObject({
        status: 400,
        errors: [{ pointer: '/expirationDays' }],
      })
    }
    const dated = await world.organization({ expiryRequired: true })
    const holder = world.as(await dated.token(await dated.person('ADMIN'), ALL_SCOPES))
    const answer = await holder.post(`${dated.path}/tokens:generate`, { scopes })
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '/expirationDays' }] })
  })

  it('bites at the next use when it is lowered, and lets go when it is raised', async () => {
    const strict = await world.organization()
    const person = await strict.person('ADMIN')
    const admin = world.as(await strict.token(person, ALL_SCOPES))
    const forever = await strict.token(person, ALL_SCOPES, { expiresInMs: null })
    const aged = await strict.token(person, ALL_SCOPES)
    await world.pool.query(
      "UPDATE tokens SET created_at = now() - interval '10 days' WHERE id = $1",
      [aged.id],
    )
    const uses = async () => {
      const tried = [forever, aged].map((token) =>
        world.as(token).get(`${strict.path}/tokens/current`),
      )
      return (await Promise.all(tried)).map((answer) => answer.json().reason ?? answer.status)
    }
    const tighten = (change: object) => admin.patch(`${strict.path}/tokenPolicy`, change)
    const loosen = () =>
      world.pool.query(
        'UPDATE organizations SET token_max_lifetime_days = NULL, token_expiry_required = false WHERE id = $1',
        [strict.id],
      )
    expect(await uses()).toEqual([200, 200])
    expect((await tighten({ maxLifetimeDays: 9 })).status).toBe(200)
    expect(await uses()).toEqual([200, 'expired'])
    await loosen()
    expect((await tighten({ expiryRequired: true })).status).toBe(200)
    expect(await uses()).toEqual(['blocked', 200])
    await loosen()
    expect(await uses()).toEqual([200, 200])
  })

  it('can be tightened by a token, and loosened by none', async () => {
    const strict = await world.organization({ maxLifetimeDays: 30, bearerMinting: false })
    const account = await strict.serviceAccount(ALL_SCOPES)
    for (const owner of [await strict.person('ADMIN'), account]) {
      const holder = world.as(await strict.token(owner, ALL_SCOPES, { expiresInMs: 3_600_000 }))
      const before = await stateOf(world.pool, strict.id)
      for (const change of [
        { maxLifetimeDays: 31 },
        { maxLifetimeDays: null },
        { bearerMinting: true },
        { maxLifetimeDays: 1, bearerMinting: true },
      ]) {
        const answer = await holder.patch(`${strict.path}/tokenPolicy`, change)
        expect(answer.json()).toMatchObject({ status: 403, code: 'loosening_needs_person' })
      }
      expect(await stateOf(world.pool, strict.id)).toBe(before)
    }
  })

  it('is changed rule by rule: two changes at once both hold, and both are told', async () => {
    const strict = await world.organization()
    const admin = world.as(await strict.token(await strict.person('ADMIN'), ALL_SCOPES))
    const path = `${strict.path}/tokenPolicy`
    const answers = await Promise.all([
      admin.patch(path, { maxLifetimeDays: 365 }),
      admin.patch(path, { expiryRequired: true }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const policy = { maxLifetimeDays: 365, expiryRequired: true, bearerMinting: true }
    expect((await admin.get(path)).json()).toEqual(policy)
    const events = await auditOf(world.pool, strict.id)
    expect(events.map(({ eventType }) => eventType)).toEqual(['POLICY_CHANGED', 'POLICY_CHANGED'])
    expect(events[1]?.details).toMatchObject({ after: policy })
    // The same again is no change, and no event.
    expect((await admin.patch(path, policy)).status).toBe(200)
    expect(await auditOf(world.pool, strict.id)).toHaveLength(2)
  })

  it.each([
    [{ maxLifetimeDays: 0 }, '/maxLifetimeDays'],
    [{ maxLifetimeDays: 1.5 }, '/maxLifetimeDays'],
    [{ maxLifetimeDays: 36_501 }, '/maxLifetimeDays'],
    [{ maxLifetimeDays: '30' }, '/maxLifetimeDays'],
    [{ expiryRequired: null }, '/expiryRequired'],
    [{ expiryRequired: 'yes' }, '/expiryRequired'],
    [{ bearerMinting: 0 }, '/bearerMinting'],
    [{ slug: 'mine' }, '/slug'],
  ])('refuses %j', async (change, pointer) => {
    const strict = await world.organization()
    const admin = world.as(await strict.token(await strict.person('ADMIN'), ALL_SCOPES))
    const answer = await admin.patch(`${strict.path}/tokenPolicy`, change)
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer }] })
  })
})
