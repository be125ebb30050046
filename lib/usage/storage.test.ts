import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { UserPrincipal } from '@/lib/access/principal'
import type { Context } from '@/lib/context'
import { newId } from '@/lib/ids'
import {
  createProductFixture,
  type OrganizationFixture,
  type ProductFixture,
} from '@/lib/testing/organization-fixture'
import { mint } from '@/lib/testing/token-fixture'
import { quietMeter } from '@/lib/testing/usage-meter'
import { ingestStorage } from '@/lib/usage/ingest-storage'
import { readStorage } from '@/lib/usage/storage'
import type { StorageReading } from '@/lib/usage/store-storage'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let product: ProductFixture
let organization: OrganizationFixture
let member: Context<UserPrincipal>
let program: Context
let today: number
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())
beforeEach(async () => {
  organization = await product.organization()
  member = await organization.member('MEMBER')
  const owner = await organization.member('ADMIN')
  program = await organization.bearer((await mint(owner, { scopes: ['traces:write'] })).secret)
  today = Math.floor(program.now / DAY) * DAY
})

const send = (readings: StorageReading[]) => ingestStorage(program, quietMeter(), readings)

function reading(daysAgo: number, bytes: number, traits: Partial<StorageReading> = {}) {
  const measuredAt = today - daysAgo * DAY
  return { id: newId(), source: 'test', measuredAt, knowledgeBase: 'handbook', bytes, ...traits }
}

/** The levels of the last five days, oldest first, of one knowledge base. */
async function levels(knowledgeBase = 'handbook') {
  const read = await readStorage(member, { from: today - 4 * DAY, to: today + 10 * DAY })
  return read.levels
    .filter((row) => row.knowledgeBase === knowledgeBase)
    .map(({ bucket, bytes, peakBytes }) => [(today - bucket) / DAY, bytes, peakBytes])
}

describe('what a knowledge base holds', () => {
  it('stays until it is measured again, from its first measurement to today', async () => {
    await send([reading(20, 700), reading(3, 500), reading(1, 900)])
    expect(await levels()).toEqual([
      [4, 700, 700],
      [3, 500, 700],
      [2, 500, 500],
      [1, 900, 900],
      [0, 900, 900],
    ])
    const { levels: all } = await readStorage(member, { from: today - 30 * DAY, to: today + DAY })
    expect(all).toHaveLength(21)
    expect(all.filter(({ isMeasured }) => isMeasured)).toHaveLength(3)
  })

  it('is by the latest measurement of a day, and the most of it is kept', async () => {
    const at = (hour: number) => ({ measuredAt: today - DAY + hour * HOUR })
    await send([reading(1, 300, at(20)), reading(1, 800, at(12))])
    await send([reading(1, 100, at(2))])
    expect(await levels()).toEqual([
      [1, 300, 800],
      [0, 300, 300],
    ])
  })

  it('is nothing after a measurement of 0, and is then not shown as present', async () => {
    await send([
      reading(2, 300),
      reading(1, 0),
      reading(9, 5, { knowledgeBase: 'old' }),
      reading(8, 0, { knowledgeBase: 'old' }),
    ])
    expect(await levels()).toEqual([
      [2, 300, 300],
      [1, 0, 300],
      [0, 0, 0],
    ])
    expect(await levels('old')).toEqual([])
    const { present } = await readStorage(member, { from: today - DAY, to: today })
    expect(present).toEqual([])
  })

  it('now is told by its latest measurement, the largest first, whatever is read', async () => {
    await send([
      reading(0, 5, { knowledgeBase: 'small' }),
      reading(6, 4),
      reading(5, 40),
      reading(5, 3, { knowledgeBase: 'other' }),
    ])
    const { present, levels: none } = await readStorage(member, {
      from: today - 20 * DAY,
      to: today - 10 * DAY,
    })
    expect(none).toEqual([])
    expect(present).toEqual([
      { knowledgeBase: 'handbook', bytes: 40, measuredAt: today - 5 * DAY },
      { knowledgeBase: 'small', bytes: 5, measuredAt: today },
      { knowledgeBase: 'other', bytes: 3, measuredAt: today - 5 * DAY },
    ])
  })

  it('is the same in whichever order and however often readings come', async () => {
    const anyReading = fc.record({
      number: fc.nat({ max: 20 }),
      hoursAgo: fc.nat({ max: 60 }),
      bytes: fc.nat({ max: 5 }),
      knowledgeBase: fc.constantFrom('a', 'b'),
    })
    const isOnce = (list: { number: number }[]) =>
      new Set(list.map(({ number }) => number)).size === list.length
    const drawn = fc.array(anyReading, { maxLength: 12 }).filter(isOnce)
    await fc.assert(
      fc.asyncProperty(drawn, fc.infiniteStream(fc.nat()), async (readings, dice) => {
        const run = newId()
        const named = readings.map(({ number, hoursAgo, bytes, knowledgeBase }) => ({
          id: `${run}-${number}`,
          source: 'test',
          measuredAt: today - hoursAgo * HOUR,
          knowledgeBase: `${run}-${knowledgeBase}`,
          bytes,
        }))
        const shuffled = [...named, ...named]
          .map((one) => ({ one, place: dice.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one)
        let counted = 0
        for (const one of shuffled) counted += (await send([one])).counted
        expect(counted).toBe(named.length)
        const { rows } = await product.db.pool.query<{
          base: string
          day: Date
          last: number
          max: number
        }>(
          `SELECT knowledge_base AS base, bucket AS day, last_bytes::int AS last, max_bytes::int AS max
           FROM usage.storage_day WHERE organization_id = $1 AND knowledge_base LIKE $2`,
          [organization.id, `${run}%`],
        )
        for (const { base, day, last, max } of rows) {
          const ofDay = named
            .filter(({ knowledgeBase: name }) => name === base)
            .filter(({ measuredAt }) => Math.floor(measuredAt / DAY) * DAY === day.getTime())
            .sort((a, b) => a.measuredAt - b.measuredAt || a.bytes - b.bytes)
          expect(last).toBe(ofDay.at(-1)?.bytes)
          expect(max).toBe(Math.max(...ofDay.map(({ bytes }) => bytes)))
        }
        const days = named.map((one) => `${one.knowledgeBase}${Math.floor(one.measuredAt / DAY)}`)
        expect(rows).toHaveLength(new Set(days).size)
      }),
      { numRuns: 25 },
    )
  })

  it('is not counted again by its name, whatever else it says', async () => {
    const one = reading(0, 5)
    expect(await send([one, one])).toEqual({ counted: 1, duplicates: 1, refused: [] })
    const again = { ...one, bytes: 9, measuredAt: one.measuredAt + 1 }
    expect(await send([again])).toEqual({ counted: 0, duplicates: 1, refused: [] })
    expect(await levels()).toEqual([[0, 5, 5]])
  })

  it('is refused by its place where it is too old or of the future', async () => {
    const { counted, refused } = await send([reading(40, 1), reading(0, 1), reading(-2, 1)])
    expect(counted).toBe(1)
    expect(refused.map(({ index }) => index)).toEqual([0, 2])
  })

  it('is reported by programs that may write traces, and read by those who may read usage', async () => {
    const owner = await organization.member('ADMIN')
    const reader = await organization.bearer(
      (await mint(owner, { scopes: ['traces:read'] })).secret,
    )
    await send([reading(0, 5)])
    const range = { from: today - DAY, to: today + DAY }
    expect((await readStorage(reader, range)).levels).toHaveLength(1)
    await expect(readStorage(program, range)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(ingestStorage(reader, quietMeter(), [])).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await expect(ingestStorage(member, quietMeter(), [])).rejects.toMatchObject({
      kind: 'forbidden',
    })
    const stranger = await (await product.organization()).member('ADMIN')
    expect(await readStorage(stranger, range)).toEqual({ levels: [], present: [] })
  })
})
