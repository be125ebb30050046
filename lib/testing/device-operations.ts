import { approveDevice, denyDevice } from '@/lib/device-authorization/decide'
import { startDeviceAuthorization } from '@/lib/device-authorization/grants'
import { newId } from '@/lib/ids'
import type { Operation } from '@/lib/testing/operation'

const UNCOUNTED = { count: async () => undefined, release: async () => undefined }

/** A code that waits; one that nothing knows where there is no database to ask. */
async function waitingCode(ctx: Parameters<Operation['run']>[0]): Promise<string> {
  if (ctx.principal.kind === 'token') return 'BCDF-GHJK'
  const request = { id: newId(), channel: 'api', ip: null, userAgent: null } as const
  const door = { db: ctx.db, throttle: UNCOUNTED, request }
  return (await startDeviceAuthorization(door, { preset: 'admin' })).userCode
}

/** What people decide about devices that ask to be signed in. */
export const DEVICE_OPERATIONS: Record<string, Operation> = {
  approveDevice: {
    on: 'organization',
    run: async (ctx) => {
      const userCode = await waitingCode(ctx)
      return approveDevice(ctx, { userCode, preset: 'admin', scopes: ['agents:read'] }, UNCOUNTED)
    },
  },
  denyDevice: {
    on: 'organization',
    run: async (ctx) => denyDevice(ctx, { userCode: await waitingCode(ctx) }, UNCOUNTED),
  },
}
