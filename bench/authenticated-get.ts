import type { IssuedToken } from '@/bench/dataset'
import { requestText } from '@/bench/request-text'
import { type Bench, measure, type Round, roundsTable } from '@/bench/rounds'
import type { Server } from '@/bench/servers'
import { median, number, spread } from '@/bench/statistics'

const PATH = '/v1/tenants/acme/tokens/current'

/** Both servers must say the same of the same token, in about as many bytes. */
async function checkAnswers(servers: readonly Server[], token: IssuedToken): Promise<void> {
  const sizes: number[] = []
  for (const { port } of servers) {
    const response = await fetch(`http://127.0.0.1:${port}${PATH}`, {
      headers: { Authorization: `Bearer ${token.secret}` },
    })
    const text = await response.text()
    if (JSON.parse(text).id !== token.id) throw new Error(`Port ${port} answered ${text}`)
    sizes.push(text.length)
  }
  console.log(`Bytes of an answer: ${sizes.join(' (product) and ')} (bare)`)
}

/**
 * The product and the bare server in short rounds by turns, so that slow changes of the machine's other
 * load hit both. It does not make a disturbed run trustworthy: read the ratio beside "other load".
 */
export async function compareAuthenticatedGet(
  bench: Bench,
  servers: { product: Server; bare: Server },
  tokens: readonly IssuedToken[],
  extent: { connections: number; rounds: number; roundMs: number },
): Promise<void> {
  const { product, bare } = servers
  const [first] = tokens
  if (!first) throw new Error('There are no tokens.')
  await checkAnswers([product, bare], first)
  const job = {
    connections: extent.connections,
    requests: tokens.map(({ secret }) => requestText('GET', PATH, secret)),
    until: { afterMs: extent.roundMs },
  }
  // Compiled code and prepared statements first: each server serves once unmeasured.
  for (const server of [product, bare]) await measure(bench, server, job)
  const pairs: { product: Round; bare: Round }[] = []
  for (let round = 1; round <= extent.rounds; round++) {
    // Who goes first changes, so that neither always follows the other's unfinished work.
    if (round % 2 === 1) {
      const measured = await measure(bench, product, job)
      pairs.push({ product: measured, bare: await measure(bench, bare, job) })
    } else {
      const measured = await measure(bench, bare, job)
      pairs.push({ product: await measure(bench, product, job), bare: measured })
    }
    console.log(`  round ${round}: ${pairInWords(pairs[pairs.length - 1])}`)
  }
  console.log(
    `\nAuthenticated GET, ${extent.connections} connections, ${tokens.length} tokens in turn\n`,
  )
  report(pairs)
}

function ratioOf(pair: { product: Round; bare: Round }): number {
  return pair.product.perSecond / pair.bare.perSecond
}

function pairInWords(pair: { product: Round; bare: Round } | undefined): string {
  if (!pair) return ''
  const [product, bare] = [number(pair.product.perSecond), number(pair.bare.perSecond)]
  return `product ${product}/s, bare ${bare}/s, ratio ${number(ratioOf(pair), 2)}`
}

function report(pairs: readonly { product: Round; bare: Round }[]): void {
  const product = pairs.map((pair) => pair.product)
  const bare = pairs.map((pair) => pair.bare)
  const rate = (rounds: readonly Round[]) => median(rounds.map(({ perSecond }) => perSecond))
  console.log(
    roundsTable([
      { name: 'product', rounds: product },
      { name: 'bare node:http + pg', rounds: bare },
    ]),
  )
  console.log(`\nRatio of medians: ${number(rate(product) / rate(bare), 2)}`)
  console.log(`Ratio by round: ${spread(pairs.map(ratioOf), 2)}\n`)
}
