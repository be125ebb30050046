import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { addCases, deleteCase, patchCase, replaceCases } from '@/lib/datasets/case-commands'
import { casesForRun } from '@/lib/datasets/cases-for-run'
import { createDataset, deleteDataset, patchDataset } from '@/lib/datasets/commands'
import { CASES_MAX, DATASETS_MAX } from '@/lib/datasets/limits'
import type { CaseText } from '@/lib/datasets/model'
import { exportDataset, getCase, getDataset, listCases, listDatasets } from '@/lib/datasets/queries'
import { addCasesSchema, caseSchema, replaceCasesSchema } from '@/lib/datasets/schema'
import { newId } from '@/lib/ids'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture

beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const asked = (input: string, expected: string | null = null): CaseText => ({
  name: null,
  input,
  parameters: null,
  expected,
})

async function setting(...inputs: string[]) {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  const made = await createDataset(admin, { name: 'Questions', description: 'Of support' })
  const on = { dataset: made.id }
  if (inputs.length > 0) await addCases(admin, { ...on, cases: inputs.map((one) => asked(one)) })
  return { organization, admin, made, on }
}

const casesOf = async (ctx: Context, dataset: string) =>
  (await casesForRun(product.db.pool, ctx.organization.id, dataset))?.cases ?? []

describe('a dataset', () => {
  it('has one name in the organization, changes with an event, and is deleted with its cases', async () => {
    const { organization, admin, made, on } = await setting('Where?')
    await expect(createDataset(admin, { name: 'qUESTIONS' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'dataset_name_taken',
      errors: [{ pointer: '/name' }],
    })
    const renamed = await patchDataset(admin, { ...on, name: 'Support questions' })
    expect(renamed).toMatchObject({
      name: 'Support questions',
      description: 'Of support',
      version: 2,
    })
    expect((await listDatasets(admin)).map(({ id }) => id)).toEqual([made.id])
    await deleteDataset(admin, on)
    await expect(getDataset(admin, on)).rejects.toMatchObject({ kind: 'not-found' })
    const { rows } = await product.db.pool.query(
      'SELECT 1 FROM datasets.dataset_case WHERE organization_id = $1',
      [organization.id],
    )
    expect(rows).toEqual([])
    const events = (await listAuditEvents(admin, {})).items.filter(
      ({ target }) => target.id === made.id,
    )
    expect(events.map(({ eventType }) => eventType)).toEqual([
      'DATASET_DELETED',
      'DATASET_UPDATED',
      'DATASET_CASES_CHANGED',
      'DATASET_CREATED',
    ])
    expect(JSON.stringify(events)).not.toContain('Where?')
  })

  it('is written by members, unseen by finance, and another organization’s looks like none', async () => {
    const { organization, on } = await setting('Where?')
    const member = await organization.member('MEMBER')
    expect((await addCases(member, { ...on, cases: [asked('When?')] })).dataset.version).toBe(3)
    const finance = await organization.member('FINANCE')
    await expect(getDataset(finance, on)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(listDatasets(finance)).rejects.toMatchObject({ kind: 'forbidden' })
    const stranger = await (await product.organization()).member('ADMIN')
    for (const call of [getDataset, deleteDataset, exportDataset, listCases]) {
      await expect(call(stranger, on)).rejects.toMatchObject({ kind: 'not-found' })
    }
    expect(await casesForRun(product.db.pool, stranger.organization.id, on.dataset)).toBeNull()
  })

  it('has room for so many, however many are made at once', async () => {
    const { organization, admin } = await setting()
    await product.db.pool.query(
      `INSERT INTO datasets.dataset SELECT $1, gen_random_uuid(), 'Made ' || n, '', 1, 0, now(), now(), '', ''
       FROM generate_series(1, $2::int) n`,
      [organization.id, DATASETS_MAX - 2],
    )
    const made = await Promise.allSettled(
      Array.from({ length: 4 }, (_, index) => createDataset(admin, { name: `At once ${index}` })),
    )
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(made.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'dataset_limit_reached' },
    })
  })
})

describe('cases', () => {
  it('keep their order and id while they are added, changed and deleted one by one', async () => {
    const { admin, on } = await setting('One', 'Two', 'Three')
    const [one, two, three] = await casesOf(admin, on.dataset)
    if (!one || !two || !three) throw new Error('Three cases are there.')
    const changed = await patchCase(admin, { ...on, case: two.id, parameters: { topic: 'Tea' } })
    expect(changed).toMatchObject({ input: null, parameters: { topic: 'Tea' }, position: 2 })
    await patchCase(admin, { ...on, case: two.id, expected: 'Warm.', name: 'About tea' })
    await deleteCase(admin, { ...on, case: one.id })
    expect(await casesOf(admin, on.dataset)).toEqual([
      {
        ...two,
        position: 1,
        input: null,
        parameters: { topic: 'Tea' },
        expected: 'Warm.',
        name: 'About tea',
      },
      { ...three, position: 2 },
    ])
    expect(await getDataset(admin, on)).toMatchObject({ version: 5, caseCount: 2 })
    await patchCase(admin, { ...on, case: three.id, input: 'Three', expected: '' })
    expect((await getDataset(admin, on)).version).toBe(5)
    const cleared = await patchCase(admin, { ...on, case: two.id, name: '', expected: '' })
    expect(cleared).toMatchObject({ name: null, expected: null })
    await expect(getCase(admin, { ...on, case: one.id })).rejects.toMatchObject({
      kind: 'not-found',
    })
  })

  it('are replaced as a whole: what asks the same goes on as itself', async () => {
    const { admin, on } = await setting('One', 'Two', 'Three')
    const before = await casesOf(admin, on.dataset)
    const cases = [asked('Three'), asked('New'), asked('One', 'First.')]
    const after = await replaceCases(admin, { ...on, cases, version: 2 })
    expect(after).toMatchObject({ version: 3, caseCount: 3 })
    const now = await casesOf(admin, on.dataset)
    expect(now.map(({ input }) => input)).toEqual(['Three', 'New', 'One'])
    expect([now[0]?.id, now[2]?.id]).toEqual([before[2]?.id, before[0]?.id])
    expect(await replaceCases(admin, { ...on, cases })).toMatchObject({ version: 3 })
    await expect(replaceCases(admin, { ...on, cases: [], version: 2 })).rejects.toMatchObject({
      code: 'dataset_changed',
    })
    expect((await listAuditEvents(admin, {})).items[0]?.details).toMatchObject({
      version: { before: 2, after: 3 },
      added: 1,
      changed: 1,
      removed: 1,
    })
  })

  it('are changed one after the other, whoever adds at once', async () => {
    const { admin, on } = await setting()
    await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        addCases(admin, { ...on, cases: [asked(`${index}`)] }),
      ),
    )
    const positions = (await casesOf(admin, on.dataset)).map(({ position }) => position)
    expect(positions).toEqual([1, 2, 3, 4, 5, 6])
    expect(await getDataset(admin, on)).toMatchObject({ version: 7, caseCount: 6 })
  })

  it('are refused where there is no room, and none of them is kept', async () => {
    const { admin, on } = await setting('One')
    const many = Array.from({ length: CASES_MAX }, (_, index) => asked(`${index}`))
    await expect(addCases(admin, { ...on, cases: many })).rejects.toMatchObject({
      code: 'dataset_limit_reached',
    })
    const heavy = Array.from({ length: 65 }, () =>
      asked('é'.repeat(32 * 1024), 'é'.repeat(32 * 1024)),
    )
    await expect(replaceCases(admin, { ...on, cases: heavy })).rejects.toMatchObject({
      code: 'dataset_limit_reached',
    })
    expect((await casesOf(admin, on.dataset)).map(({ input }) => input)).toEqual(['One'])
  })

  it('are paged in their order, and searched in all their words', async () => {
    const { admin, on } = await setting('One', 'Two', 'Three', 'Four')
    await addCases(admin, {
      ...on,
      cases: [{ ...asked('x'), input: null, parameters: { topic: 'Green tea', many: 3 } }],
    })
    const first = await listCases(admin, { ...on, pageSize: 3 })
    const rest = await listCases(admin, { ...on, pageSize: 3, pageToken: first.nextPageToken })
    expect([...first.items, ...rest.items].map(({ position }) => position)).toEqual([1, 2, 3, 4, 5])
    expect([first.totalCount, rest.nextPageToken]).toEqual([5, ''])
    const found = await listCases(admin, { ...on, search: 'green TEA' })
    expect(found).toMatchObject({ totalCount: 1, items: [{ position: 5 }] })
    // The names of values are no words of the case.
    expect((await listCases(admin, { ...on, search: 'topic' })).totalCount).toBe(0)
    await expect(
      listCases(admin, { dataset: on.dataset, search: 'o', pageToken: first.nextPageToken }),
    ).rejects.toMatchObject({ kind: 'invalid' })
    await expect(listCases(admin, { dataset: newId() })).rejects.toMatchObject({
      kind: 'not-found',
    })
  })

  it('say exactly which one is wrong, and where', () => {
    const cases = Array.from({ length: 18 }, (_, index) => ({ input: `${index}` }))
    const wrong = (one: object) => {
      const all = cases.with(17, one as never)
      return replaceCasesSchema
        .safeParse({ cases: all })
        .error?.issues.map(({ path }) => path.join('/'))
    }
    expect(wrong({ input: 'x', expected: 'é'.repeat(32 * 1024 + 1) })).toEqual([
      'cases/17/expected',
    ])
    expect(wrong({ input: 'x', parameters: { topic: 'x' } })).toEqual(['cases/17/input'])
    expect(wrong({ parameters: { 'no name': 'x' } })).toEqual(['cases/17/parameters/no name'])
    expect(wrong({ parameters: { topic: { deep: 1 } } })).toEqual(['cases/17/parameters/topic'])
    expect(wrong({ input: 'x\0' })).toEqual(['cases/17/input'])
    expect(addCasesSchema.safeParse({ cases: [] }).success).toBe(false)
    expect(caseSchema.parse({ parameters: { topic: 'x', tone: null }, name: '' })).toEqual({
      name: null,
      input: null,
      parameters: { topic: 'x' },
      expected: null,
    })
  })
})
