import { expect, it } from 'vitest'
import { crashWhileDelivering } from '@/e2e/api/support/inbound-crashes'

const LIMIT_MS = 300_000

it(
  'loses no delivery and stores none twice when the server is killed',
  async () => {
    const {
      requests,
      repeats: _repeats,
      seconds: _seconds,
      ...outcome
    } = await crashWhileDelivering({ deliveries: 300, kills: 1 })
    expect(outcome).toEqual({
      ...{ sent: 300, stored: 300, dispatches: 600, torn: 0, lost: 0, wronglyDead: 0 },
      ...{ miscounted: 0, fired: 297 + 294, dead: 3 + 6 },
    })
    expect(requests).toBeGreaterThanOrEqual(360)
  },
  LIMIT_MS,
)
