import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CoalescedRead } from '@/lib/db/coalesced-read'

/** A database whose reads end when the test says so. */
function heldDatabase(rowOf: (key: string) => string | null = (key) => `row of ${key}`) {
  const reads: { keys: string[]; finish(): void; fail(error: Error): void }[] = []
  const readMany = (keys: string[]) =>
    new Promise<Map<string, string>>((resolve, reject) => {
      // What is seen is what was there when the read began.
      const found = keys.flatMap((key): [string, string][] => {
        const row = rowOf(key)
        return row === null ? [] : [[key, row]]
      })
      reads.push({ keys, finish: () => resolve(new Map(found)), fail: reject })
    })
  return { reads, readMany }
}

/** Until everything that can go on has: a read that ends sends the next one a turn later. */
async function settle() {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('many reads of one key each', () => {
  it('give every caller the row of their own key, whatever the load', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 3 })), {
          maxLength: 80,
        }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 8 }),
        fc.scheduler(),
        async (calls, concurrency, maxBatch, scheduler) => {
          let underWay = 0
          let most = 0
          const reader = new CoalescedRead<string>(
            async (keys) => {
              expect(keys.length).toBeLessThanOrEqual(maxBatch)
              underWay++
              most = Math.max(most, underWay)
              await scheduler.schedule(Promise.resolve())
              underWay--
              return new Map(keys.filter((k) => k !== 'k0').map((k) => [k, `row of ${k}`]))
            },
            { concurrency, maxBatch },
          )
          const answers = calls.map(async ([key, pauses]) => {
            for (let pause = 0; pause < pauses; pause++) await null
            return reader.read(`k${key}`)
          })
          await scheduler.waitFor(Promise.all(answers))
          expect(await Promise.all(answers)).toEqual(
            calls.map(([key]) => (key === 0 ? null : `row of k${key}`)),
          )
          expect(most).toBeLessThanOrEqual(concurrency)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('never answer with anything older than the call', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('read', 'write', 'pause'), { maxLength: 60 }),
        fc.scheduler(),
        async (steps, scheduler) => {
          let version = 0
          const reader = new CoalescedRead<number>(
            async (keys) => {
              const seen = version
              await scheduler.schedule(Promise.resolve())
              return new Map(keys.map((key) => [key, seen]))
            },
            { concurrency: 2, maxBatch: 3 },
          )
          const answers: Promise<void>[] = []
          for (const step of steps) {
            if (step === 'write') version++
            if (step === 'pause' && scheduler.count() > 0) await scheduler.waitOne()
            if (step !== 'read') continue
            const atCall = version
            answers.push(
              reader.read('key').then((row) => expect(row).toBeGreaterThanOrEqual(atCall)),
            )
          }
          await scheduler.waitFor(Promise.all(answers))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('go out together at the end of their turn, and wait while enough are under way', async () => {
    const { reads, readMany } = heldDatabase()
    const reader = new CoalescedRead(readMany, { concurrency: 2, maxBatch: 3 })
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const answers = Promise.all(keys.map((key) => reader.read(key)))
    expect(reads).toEqual([])
    await settle()
    const sent = () => reads.map((read) => read.keys.join(''))
    expect(sent()).toEqual(['abc', 'def'])
    reads[1]?.finish()
    await settle()
    expect(sent()).toEqual(['abc', 'def', 'g'])
    reads[0]?.finish()
    reads[2]?.finish()
    expect(await answers).toEqual(keys.map((key) => `row of ${key}`))
  })
})

describe('a read that fails', () => {
  it('tells every one who waited for it, and nobody else', async () => {
    const { reads, readMany } = heldDatabase()
    const reader = new CoalescedRead(readMany, { concurrency: 1, maxBatch: 2 })
    const answers = Promise.allSettled(['a', 'b', 'c', 'd'].map((key) => reader.read(key)))
    await settle()
    reads[0]?.fail(new Error('gone'))
    await settle()
    reads[1]?.finish()
    const [a, b, c, d] = await answers
    for (const outcome of [a, b]) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: new Error('gone') })
    }
    expect([c, d]).toMatchObject([{ value: 'row of c' }, { value: 'row of d' }])
    const later = reader.read('e')
    await settle()
    reads[2]?.finish()
    expect(await later).toBe('row of e')
  })

  it('is not what a key without a row is: each who asked gets null', async () => {
    const { reads, readMany } = heldDatabase(() => null)
    const reader = new CoalescedRead(readMany, { concurrency: 1, maxBatch: 5 })
    const answers = Promise.all(['a', 'x', 'x'].map((key) => reader.read(key)))
    await settle()
    reads[0]?.finish()
    expect(await answers).toEqual([null, null, null])
  })
})
