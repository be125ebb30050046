import { monitorEventLoopDelay } from 'node:perf_hooks'
import { expect, it } from 'vitest'
import { hashPassword, verifyPassword } from '@/lib/auth/passwords'

it('answers each of several at once with its own', async () => {
  const hash = await hashPassword('correct horse battery')
  const answers = await Promise.all([
    verifyPassword('correct horse battery', hash),
    verifyPassword('another one entirely', hash),
    verifyPassword('correct horse battery', null),
    verifyPassword('correct horse battery', 'not a hash'),
  ])
  expect(answers).toEqual([true, false, false, false])
})

it('leaves the main thread free meanwhile', async () => {
  const loop = monitorEventLoopDelay({ resolution: 5 })
  const began = performance.now()
  loop.enable()
  await hashPassword('correct horse battery')
  loop.disable()
  // On the main thread bcrypt gives way once in 100 ms.
  expect(loop.count).toBeGreaterThan((performance.now() - began) / 50)
})
