import { z } from '@hono/zod-openapi'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { json } from '@/app/v1/_api/reply'
import type { EncodedBody } from '@/app/v1/_api/request-body'
import { notFound } from '@/lib/errors'
import { DELIVERY_MAX_BYTES } from '@/lib/inbound/limits'
import { providerAt } from '@/lib/inbound/model'
import { deliverWebhook } from '@/lib/inbound/receive'

/** Of the query, and of the path. */
export const TOKEN_IN_QUERY = 'apiKey'
export const TOKEN_IN_PATH = 'apiKeyAuth'

export const DELIVERY_ANSWER = z
  .object({ id: z.uuid().describe('Of the delivery; the same for every copy of it.') })
  .openapi('InboundDelivery')

/**
 * A delivery that a token brings. How else it may prove itself is for inbound-delivery.ts; this is what all forms
 * have in common, and how they are documented.
 */
export const DELIVERY_OPERATION = operation<EncodedBody>({
  id: 'deliverWebhook',
  tag: 'Inbound',
  method: 'post',
  path: `${TENANT_PREFIX}/webhooks/{webhookProvider}/{webhookId}`,
  summary: 'Deliver a webhook',
  description:
    'The body is kept as it comes, then fired at every subscription of the endpoint that takes events of its type, with retries. Senders that can only be given a URL may carry a token that holds inbound:deliver and nothing else as ?apiKey=… or as one more path segment; two credentials at once are refused. Endpoints of providers that sign take deliveries by their signature, without a token. The same delivery sent again is answered as the first was: it is known by webhook-id, X-GitHub-Delivery, Idempotency-Key or the id of the Stripe event, else by equal bodies within ten minutes.',
  scope: 'inbound:deliver',
  secretInPath: true,
  body: {
    encoded: { maxBytes: DELIVERY_MAX_BYTES, read: async (body) => body },
    contentTypes: ['application/json', 'application/octet-stream'],
    documented: z.unknown(),
    required: true,
  },
  success: { status: 200, description: 'It is stored for good.', schema: DELIVERY_ANSWER },
  run: async (call) => {
    const provider = providerAt(call.text('webhookProvider'))
    if (!provider) throw notFound()
    const { bytes, headers } = call.body
    const inPath = call.text(TOKEN_IN_PATH) !== ''
    const { id } = await deliverWebhook(call.ctx, {
      webhookId: call.id('webhookId'),
      provider,
      headers,
      body: bytes,
      carrier: inPath ? 'PATH' : call.query.has(TOKEN_IN_QUERY) ? 'QUERY' : 'BEARER',
    })
    return json({ id })
  },
})
