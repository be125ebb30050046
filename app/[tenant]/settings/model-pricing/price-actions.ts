'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { priceHistory } from '@/lib/model-pricing/price-history'
import { runtime } from '@/lib/runtime'

const NAME_MAX = 200
const name = z.string().min(1).max(NAME_MAX)

/** Every price that the model ever had or will have. */
export const loadPriceHistory = action(
  z.strictObject({ provider: name, model: name }),
  (ctx, model) => priceHistory(ctx, runtime().prices, model),
)
