import { expect, it } from 'vitest'
import type { ListedPrice } from '@/lib/model-pricing/listed-price'
import { priceCsv } from '@/lib/model-pricing/price-csv'

const PRICE: ListedPrice = {
  provider: 'openai',
  providerName: 'OpenAI',
  model: 'gpt-4o',
  agent: null,
  name: 'GPT 4o',
  contextWindow: 128_000,
  rates: { rates: { input: 2_500_000, output: 10_000_000 } },
  own: false,
  since: null,
  changesAt: null,
  source: 'Test',
}

it('has a line for each price, with every number that it consists of', () => {
  const special: ListedPrice = {
    ...PRICE,
    model: '=cmd,1',
    agent: 'support',
    own: true,
    since: Date.UTC(2026, 4, 1),
    contextWindow: null,
    rates: {
      rates: {
        input: { base: 5_000_000, tiers: [{ above: 200_000, rate: 10_000_000 }] },
        call: 12,
      },
      windows: [{ from: 30, to: 990, rates: { input: 75_000 } }],
    },
  }
  expect(priceCsv([PRICE, special]).split('\r\n')).toEqual([
    'provider,model,name,agent,price,since,contextWindow,inputUsdPerMillion,cacheReadUsdPerMillion,cacheWriteUsdPerMillion,cacheWrite1hUsdPerMillion,inputAudioUsdPerMillion,outputUsdPerMillion,reasoningUsdPerMillion,outputAudioUsdPerMillion,usdPerCall,longContext,timesOfDay,source',
    'openai,gpt-4o,GPT 4o,,list,,128000,2.5,,,,,10,,,,,,Test',
    `openai,"'=cmd,1",GPT 4o,support,own,2026-05-01T00:00:00.000Z,,5,,,,,,,,0.000000000012,input above 200000: 10,input 00:30-16:30 UTC: 0.075,Test`,
    '',
  ])
})
