import { listModelNames } from '@/lib/model-pricing/model-names'
import { endOwnPrice, listOwnPrices, setOwnPrice } from '@/lib/model-pricing/own-prices'
import type { Operation } from '@/lib/testing/operation'
import { quietMeter } from '@/lib/testing/usage-meter'
import { applyReRating, previewReRating } from '@/lib/usage/re-rating'
import { listReRatings } from '@/lib/usage/re-rating-list'
import { listUnpriced } from '@/lib/usage/unpriced'
import { usedNames } from '@/lib/usage/used-names'
import { whatIf } from '@/lib/usage/what-if'

const meter = quietMeter()
const DAY_MS = 86_400_000
const day = { from: 0, to: DAY_MS }
const tomorrow = (now: number) => (Math.floor(now / DAY_MS) + 1) * DAY_MS
/** Today: old days cannot be corrected any more. */
const everything = (now: number) => ({
  ...{ from: tomorrow(now) - DAY_MS, to: tomorrow(now) },
  ...{ provider: null, model: null, agent: null },
})
const model = { provider: 'home', model: 'made', agent: null, note: '', seen: 2 ** 40 }

/** An organization's own prices, and what follows from them. */
export const PRICE_OPERATIONS: Record<string, Operation> = {
  listOwnPrices: { on: 'organization', isRead: true, run: (ctx) => listOwnPrices(ctx) },
  listModelNames: { on: 'organization', isRead: true, run: (ctx) => listModelNames(ctx) },
  setOwnPrice: {
    on: 'organization',
    run: (ctx) =>
      setOwnPrice(ctx, meter.prices, {
        ...model,
        validFrom: tomorrow(ctx.now),
        rates: { rates: { input: 1, output: 1 } },
      }),
  },
  endOwnPrice: {
    on: 'organization',
    // Nobody has set it: who may end it is told so.
    run: (ctx) => endOwnPrice(ctx, { ...model, model: 'never', validFrom: tomorrow(ctx.now) }),
  },
  listUnpriced: { on: 'organization', isRead: true, run: (ctx) => listUnpriced(ctx, meter) },
  usedNames: { on: 'organization', isRead: true, run: (ctx) => usedNames(ctx, day) },
  whatIf: {
    on: 'organization',
    isRead: true,
    run: (ctx) => whatIf(ctx, meter, { ...day, used: null, agent: null, target: model }),
  },
  previewReRating: {
    on: 'organization',
    isRead: true,
    run: (ctx) => previewReRating(ctx, meter, everything(ctx.now)),
  },
  applyReRating: {
    on: 'organization',
    run: (ctx) =>
      applyReRating(ctx, meter, {
        ...everything(ctx.now),
        reason: 'A test.',
        // Of no preview: who may apply it is told so.
        basis: {
          countedUntil: 0,
          revision: '',
          previousId: null,
          calls: -1,
          costBefore: 0n,
          costAfter: 0n,
          newlyPriced: 0,
          noLongerPriced: 0,
          adjustments: 0,
        },
      }),
  },
  listReRatings: { on: 'organization', isRead: true, run: (ctx) => listReRatings(ctx) },
}
