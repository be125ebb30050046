import type { LookupAddress } from 'node:dns'
import { expect, it, vi } from 'vitest'
import { failureOf } from '@/lib/llm-providers/failure-words'
import { guardedFetch } from '@/lib/llm-providers/guarded-fetch'

const answers = vi.hoisted(() => ({ addresses: [] as LookupAddress[], asked: 0 }))

vi.mock('node:dns', async (original) => ({
  ...(await original<typeof import('node:dns')>()),
  lookup: (
    _name: string,
    _options: unknown,
    answer: (error: null, addresses: LookupAddress[]) => void,
  ) => {
    answers.asked++
    answer(null, answers.addresses)
  },
}))

const call = () =>
  guardedFetch([])('https://models.example.com/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer sk-secret' },
    body: '{}',
  })

it.each([
  ['a private address', [{ address: '127.0.0.1', family: 4 }]],
  ['the addresses of a cloud’s metadata', [{ address: '169.254.169.254', family: 4 }]],
  [
    'a private address among public ones',
    [
      { address: '93.184.215.14', family: 4 },
      { address: '10.0.0.5', family: 4 },
    ],
  ],
  ['nothing', []],
])('a name that leads to %s is not connected to, and looked up once', async (_what, addresses) => {
  Object.assign(answers, { addresses, asked: 0 })
  const error = await call().then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(failureOf(error, 'm')).toBe('The name leads into a private network.')
  expect(answers.asked).toBe(1)
})
