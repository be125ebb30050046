import { expect } from '@playwright/test'
import { issueToken } from '@/e2e/support/issue-token'
import type { Product } from '@/e2e/support/product'
import { newId } from '@/lib/ids'

/** A model call as a test reports it; what it leaves out is told by the defaults below. */
export interface ReportedCall {
  provider?: string
  model?: string
  agent?: string
  /** Days ago. */
  daysAgo?: number
  inputTokens?: number
  outputTokens?: number
}

/** Something that reports model calls to an organization as a program does, through the API. */
export async function usageReporter(
  product: Product,
  organization: { slug: string; first: string },
): Promise<(calls: readonly ReportedCall[]) => Promise<void>> {
  const token = await issueToken(product, {
    organization: organization.slug,
    owner: { email: organization.first },
    scopes: ['traces:write'],
    name: 'gateway',
  })
  return async (calls) => {
    const events = calls.map(({ daysAgo = 0, agent = 'support', ...call }) => ({
      specversion: '1.0',
      type: 'com.fruxon.usage.model-call',
      source: 'test',
      id: newId(),
      time: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
      data: { provider: 'openai', model: 'gpt-5', agent, inputTokens: 1000, ...call },
    }))
    const reply = await fetch(`${product.url}/v1/tenants/${organization.slug}/usageEvents:ingest`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token.secret}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(events),
    })
    expect(await reply.json()).toMatchObject({ accepted: events.length, rejected: [] })
  }
}
