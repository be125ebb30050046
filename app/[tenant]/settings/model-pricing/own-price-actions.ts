'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { endOwnPriceSchema, ownPriceSchema } from '@/lib/model-pricing/own-price-schema'
import { endOwnPrice, listOwnPrices, setOwnPrice } from '@/lib/model-pricing/own-prices'
import { runtime } from '@/lib/runtime'
import { applyReRating, previewReRating } from '@/lib/usage/re-rating'
import { applyReRatingSchema, reRatingScopeSchema } from '@/lib/usage/re-rating-schema'

export const readOwnPrices = action(z.strictObject({}), (ctx) => listOwnPrices(ctx))

export const saveOwnPrice = action(ownPriceSchema, (ctx, wish) =>
  setOwnPrice(ctx, runtime().prices, wish),
)

export const endPrice = action(endOwnPriceSchema, endOwnPrice)

export const previewCorrection = action(reRatingScopeSchema, (ctx, scope) =>
  previewReRating(ctx, runtime().meter, scope),
)

export const applyCorrection = action(applyReRatingSchema, (ctx, wish) =>
  applyReRating(ctx, runtime().meter, wish),
)
