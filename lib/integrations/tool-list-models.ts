import { z } from 'zod'
import { mcpTool } from '@/lib/integrations/mcp-tool'
import { modelsNow } from '@/lib/integrations/model-list'

const PAGE_DEFAULT = 50
const PAGE_MAX = 200

const rate = z.string().nullable()

const modelSchema = z.object({
  provider: z.string(),
  providerName: z.string(),
  model: z.string(),
  name: z.string(),
  contextWindow: z.int().nullable(),
  inputUsdPerMillion: rate.describe('Dollars for a million tokens read; exact decimal text.'),
  cachedInputUsdPerMillion: rate.describe('The same read from a cache; null = as input.'),
  outputUsdPerMillion: rate.describe('Dollars for a million tokens written.'),
  hasFurtherRates: z
    .boolean()
    .describe('Other rates hold for long inputs, hours of the day, audio or the call itself.'),
  agent: z.string().nullable().describe('The price is for calls of this agent only.'),
  own: z.boolean().describe('The organization’s own price; else the list price.'),
})

/** The models of the price list, by provider and model. */
export const listModelsTool = mcpTool({
  id: 'list_models',
  input: z.strictObject({
    provider: z.string().max(200).optional().describe('Only of this provider, by its id.'),
    search: z
      .string()
      .max(200)
      .optional()
      .describe('Words of the provider, the model or its name: all of them, in any case.'),
    limit: z.int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT).describe('Models an answer has.'),
    cursor: z.string().max(4096).optional().describe('The nextCursor of the answer before.'),
  }),
  output: z.object({
    models: z.array(modelSchema),
    totalCount: z.int(),
    nextCursor: z.string().nullable().describe('Null at the end.'),
  }),
  async run({ ctx, ports }, { provider, search, limit, cursor }) {
    const book = await ports.prices.of(ctx.db, ctx.organization.id)
    const words = (search ?? '').toLowerCase().split(/\s+/).filter(Boolean)
    const wanted = provider?.toLowerCase()
    const matching = modelsNow(book, ctx.now).filter(
      ({ facts, text }) =>
        (wanted === undefined || facts.provider.toLowerCase() === wanted) &&
        words.every((word) => text.includes(word)),
    )
    const list = ['mcp models', ctx.organization.id, wanted ?? '', words]
    const after = ctx.crypto.pageTokens.open(list, cursor)?.[0]
    const rest =
      after === undefined ? matching : matching.filter(({ place }) => place > String(after))
    const shown = rest.slice(0, limit)
    const last = rest.length > limit ? shown.at(-1) : undefined
    return {
      structured: {
        models: shown.map(({ facts }) => facts),
        totalCount: matching.length,
        nextCursor: last ? ctx.crypto.pageTokens.seal(list, [last.place]) : null,
      },
    }
  },
})
