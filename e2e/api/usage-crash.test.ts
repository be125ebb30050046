import { expect, it } from 'vitest'
import { crashWhileReporting } from '@/e2e/api/support/usage-crashes'

const LIMIT_MS = 300_000

it(
  'neither loses an event nor counts one twice when the server or the sender is killed',
  async () => {
    const { sent, counted, calls, inputSent, inputCounted, differences } =
      await crashWhileReporting({ rounds: 3, batchesARound: 12, size: 200 })
    expect(sent).toBe(7200)
    expect({ counted, calls, inputCounted, differences }).toEqual({
      counted: sent,
      calls: sent,
      inputCounted: inputSent,
      differences: 0,
    })
  },
  LIMIT_MS,
)
