import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, createWorld, type Organization, type World } from '@/e2e/api/support/world'

let world: World
let org: Organization
let caller: Caller
let secret: string

beforeAll(async () => {
  world = await createWorld()
  org = await world.organization()
  const scopes = ['datasets:read', 'datasets:write'] as const
  secret = (await org.token(await org.person('MEMBER'), scopes)).secret
  caller = world.as({ secret })
})
afterAll(() => world.close())

const get = (path: string) => caller.get(`${org.path}/${path}`)
const post = (path: string, body: unknown) => caller.post(`${org.path}/${path}`, body)
const send = (method: 'PUT' | 'PATCH', path: string, body: unknown) =>
  world.call({ method, path: `${org.path}/${path}`, token: secret, body })

async function create(name: string) {
  const answer = await post('datasets', { name })
  expect(answer.status, answer.text).toBe(201)
  const made = answer.json<{ id: string }>()
  expect(answer.headers.location).toBe(`${org.path}/datasets/${made.id}`)
  return `datasets/${made.id}`
}

interface Cases {
  items: { id: string; input: string | null }[]
  nextPageToken: string
}

it('keeps a dataset: made, filled, read by pages, changed by case, deleted', async () => {
  const path = await create('Support questions')
  const cases = [
    { name: 'Refund', input: 'Where is my money?', expected: 'Within 5 days.' },
    { parameters: { topic: 'Green tea', words: 40, formal: false } },
    { input: 'Do you ship to Malta?' },
  ]
  const added = await post(`${path}/cases`, { cases })
  expect(added.json()).toMatchObject({
    dataset: { version: 2, caseCount: 3 },
    cases: [{ position: 1, parameters: null }, { position: 2, input: null }, { position: 3 }],
  })
  const first = (await get(`${path}/cases?pageSize=2`)).json<Cases>()
  const rest = (
    await get(`${path}/cases?pageSize=2&pageToken=${first.nextPageToken}`)
  ).json<Cases>()
  expect([first.items.length, rest.items.length, rest.nextPageToken]).toEqual([2, 1, ''])

  const one = `${path}/cases/${first.items[0]?.id}`
  const patched = await send('PATCH', one, { parameters: { topic: 'Refunds' }, expected: '' })
  expect(patched.json()).toMatchObject({
    name: 'Refund',
    input: null,
    parameters: { topic: 'Refunds' },
    expected: null,
  })
  expect((await get(one)).json()).toEqual(patched.json())
  expect((await caller.delete(`${org.path}/${one}`)).status).toBe(204)
  expect((await get(one)).status).toBe(404)
  expect((await get(path)).json()).toMatchObject({ version: 4, caseCount: 2 })

  const again = await post('datasets', { name: 'SUPPORT questions' })
  expect(again.json()).toMatchObject({ code: 'dataset_name_taken', errors: [{ pointer: '/name' }] })
  expect((await send('PATCH', path, { name: 'Questions' })).json()).toMatchObject({ version: 4 })
  const { items } = (await get('datasets')).json<{ items: object[] }>()
  expect(items).toMatchObject([{ name: 'Questions', caseCount: 2 }])
  expect((await caller.delete(`${org.path}/${path}`)).status).toBe(204)
  expect((await get(`${path}/cases`)).status).toBe(404)
})

it('replaces all cases at once, unless they changed meanwhile, and names the exact case that is wrong', async () => {
  const path = await create('Replaced')
  const cases = Array.from({ length: 20 }, (_, index) => ({ input: `Question ${index}` }))
  const filled = await send('PUT', `${path}/cases`, { cases, version: 1 })
  expect(filled.json()).toMatchObject({ version: 2, caseCount: 20 })
  const before = (await get(`${path}/cases`)).json<Cases>().items
  const late = await send('PUT', `${path}/cases`, { cases: [], version: 1 })
  expect(late.json()).toMatchObject({ status: 409, code: 'dataset_changed' })
  await send('PUT', `${path}/cases`, { cases: cases.toReversed(), version: 2 })
  const after = (await get(`${path}/cases`)).json<Cases>().items
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id).toReversed())

  const wrong = cases.with(17, { input: 'Question', expected: 'é'.repeat(32 * 1024 + 1) } as never)
  for (const method of ['PUT', 'POST'] as const) {
    const call = {
      method,
      path: `${org.path}/${path}/cases`,
      token: secret,
      body: { cases: wrong },
    }
    expect((await world.call(call)).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/cases/17/expected', detail: 'Use at most 64 KB.' }],
    })
  }
  const both = await post(`${path}/cases`, { cases: [{ input: 'x', parameters: { topic: 'x' } }] })
  expect(both.json()).toMatchObject({ errors: [{ pointer: '/cases/0/input' }] })
  const many = await post(`${path}/cases`, { cases: Array(500).fill({ input: 'x' }) })
  expect(many.json()).toMatchObject({ status: 409, code: 'dataset_limit_reached' })
  expect((await get(path)).json()).toMatchObject({ version: 3, caseCount: 20 })
})
