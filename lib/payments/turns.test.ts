import { expect, it } from 'vitest'
import { Turns } from '@/lib/payments/turns'

it('lets only so many go about it at once, in the order in which they came, whatever fails', async () => {
  const turns = new Turns(3)
  const begun: number[] = []
  let [present, most] = [0, 0]
  const work = (place: number) => async () => {
    begun.push(place)
    most = Math.max(most, ++present)
    await new Promise(setImmediate)
    present--
    if (place % 4 === 0) throw new Error('It fails.')
    return place
  }
  const done = await Promise.allSettled(
    Array.from({ length: 20 }, (_, place) => turns.take(work(place))),
  )
  expect(most).toBe(3)
  expect(begun).toEqual(Array.from({ length: 20 }, (_, place) => place))
  expect(done.filter(({ status }) => status === 'rejected')).toHaveLength(5)
  expect(await turns.take(work(1))).toBe(1)
})
