import { z } from '@hono/zod-openapi'
import {
  modelPriceRowSchema,
  modelPriceRowToWire,
  modelPriceSchema,
  modelPriceToWire,
} from '@/app/v1/_api/model-price-resource'
import { type Call, operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { freeText, pageRequest, refusedParameter, wholeNumber } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { pageOf } from '@/app/v1/_api/wire-schema'
import { priceHistoryPage } from '@/lib/model-pricing/price-history'
import { listModelPricePage } from '@/lib/model-pricing/price-list'
import { runtime } from '@/lib/runtime'

const TAG = 'Model prices'

function required(call: Call, name: string): string {
  const value = freeText(call.query, name)
  if (value === undefined) throw refusedParameter(name, 'Say whose price is wanted.')
  return value
}

const modelPricesOperation = operation({
  id: 'listModelPrices',
  tag: TAG,
  method: 'get',
  path: `${TENANT_PREFIX}/modelPrices`,
  summary: 'List model prices',
  description:
    'What each model costs the organization at a moment: its own price where it has one, else the list price. By provider and model. A model that is not here has no price: its calls are counted and marked as unpriced.',
  scope: 'llm_providers:read',
  query: [
    { name: 'provider', description: 'Only of this provider, by id.', schema: z.string().max(200) },
    {
      name: 'q',
      description: 'Words of the provider, the model or its name: all of them, in any case.',
      schema: z.string().max(200),
    },
    {
      name: 'at',
      description: 'The prices of this moment, in epoch milliseconds; now unless told.',
      schema: z.int().min(0),
    },
    ...PAGING_PARAMETERS,
  ],
  success: {
    status: 200,
    description: 'A page of prices.',
    schema: pageOf(modelPriceSchema, 'ModelPricePage'),
  },
  run: async (call) => {
    const page = await listModelPricePage(call.ctx, runtime().prices, {
      provider: freeText(call.query, 'provider'),
      search: freeText(call.query, 'q'),
      at: wholeNumber(call.query, 'at', { min: 0, max: Number.MAX_SAFE_INTEGER }),
      ...pageRequest(call.query),
    })
    return json({ ...page, items: page.items.map(modelPriceToWire) })
  },
})

const historyOperation = operation({
  id: 'listModelPriceHistory',
  tag: TAG,
  method: 'get',
  path: `${TENANT_PREFIX}/modelPrices:history`,
  summary: 'List every price of a model',
  description:
    'The organization’s own prices and list prices, newest first, those that have not begun among them. Any name by which calls may tell the model will do. The names are in the query, because names of models contain slashes.',
  scope: 'llm_providers:read',
  query: [
    { name: 'provider', description: 'Required.', schema: z.string().max(200) },
    { name: 'model', description: 'Required.', schema: z.string().max(200) },
    ...PAGING_PARAMETERS,
  ],
  success: {
    status: 200,
    description: 'A page of dated prices.',
    schema: pageOf(modelPriceRowSchema, 'ModelPriceHistoryPage'),
  },
  run: async (call) => {
    const page = await priceHistoryPage(call.ctx, runtime().prices, {
      provider: required(call, 'provider'),
      model: required(call, 'model'),
      ...pageRequest(call.query),
    })
    return json({ ...page, items: page.items.map(modelPriceRowToWire) })
  },
})

export const MODEL_PRICE_OPERATIONS = [modelPricesOperation, historyOperation]
