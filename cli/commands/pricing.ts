import { type Command, Option } from 'commander'
import { running, type Session } from '../session'
import type { Surroundings } from '../surroundings'
import { limit } from './arguments'

interface Price {
  provider: string
  providerName: string
  model: string
  name: string
  agent: string | null
  own: boolean
  contextWindow: number | null
  rates: { tokens: { kind: string; usdPerMillion: string }[] }
}

export function addPricing(program: Command, place: Surroundings): void {
  const pricing = program
    .command('pricing')
    .summary('what models cost the organization')
    .description('Prices in US dollars for a million tokens, the organization’s own among them.')
    .addHelpText(
      'after',
      '\nExamples:\n  fruxon pricing list --provider openai\n  fruxon pricing search claude opus',
    )
  pricing
    .command('list')
    .summary('list prices by provider and model')
    .option('--provider <provider>', 'only of one provider, by id')
    .addOption(limitOption())
    .action(
      running(place, (session, flags: { provider?: string; limit: number }) =>
        show(session, { provider: flags.provider }, flags.limit),
      ),
    )
  pricing
    .command('search')
    .summary('find models by words of their names')
    .argument('<words...>', 'all of them, in any case')
    .addOption(limitOption())
    .action(
      running(place, (session, words: string[], flags: { limit: number }) =>
        show(session, { q: words.join(' ') }, flags.limit),
      ),
    )
}

const limitOption = () =>
  new Option('--limit <count>', 'at most this many').argParser(limit).default(100, '100')

async function show(
  session: Session,
  query: Record<string, string | undefined>,
  count: number,
): Promise<void> {
  const organization = await session.organization()
  // One more than is shown tells whether there are more.
  const prices = await organization.items<Price>('/modelPrices', count + 1, query)
  const { out } = session
  out.list(
    prices.slice(0, count).map((price) => ({ ...price, id: `${price.provider}/${price.model}` })),
    [
      { title: 'Model', text: ({ id }) => id, flexible: true },
      { title: 'Input', text: (price) => rate(price, 'INPUT'), right: true },
      { title: 'Cached', text: (price) => rate(price, 'CACHE_READ'), right: true, from: 70 },
      { title: 'Output', text: (price) => rate(price, 'OUTPUT'), right: true },
      {
        title: 'Context',
        text: ({ contextWindow }) => (contextWindow ? `${Math.round(contextWindow / 1000)}k` : ''),
        right: true,
        from: 90,
      },
      {
        title: 'Price',
        text: ({ own, agent }) => (own ? (agent ? `own, ${agent}` : 'own') : 'list'),
        style: ({ own }) => (own ? 'yellow' : 'dim'),
        from: 80,
      },
    ],
    'No model has these words in its name.',
  )
  if (out.format === 'table' && prices.length > count) {
    out.note(out.paint(`\nThere are more: --limit ${count * 10}`, 'dim'))
  }
}

function rate({ rates }: Price, kind: string): string {
  const found = rates.tokens.find((one) => one.kind === kind)
  return found ? `$${found.usdPerMillion}` : ''
}
