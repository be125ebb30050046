'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { approveDevice, denyDevice } from '@/lib/device-authorization/decide'
import { approveDeviceSchema } from '@/lib/device-authorization/schema'
import { runtime } from '@/lib/runtime'

const userCode = z.string().max(64)

export const approve = action(approveDeviceSchema.extend({ userCode }), (ctx, input) =>
  approveDevice(ctx, input, runtime().userCodeThrottle),
)

export const deny = action(z.strictObject({ userCode }), async (ctx, input) => {
  await denyDevice(ctx, input, runtime().userCodeThrottle)
  return null
})
