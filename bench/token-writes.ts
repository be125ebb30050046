import type { Dataset, IssuedToken } from '@/bench/dataset'
import { requestText } from '@/bench/request-text'
import { type Bench, measure, type Round, roundsTable } from '@/bench/rounds'
import type { Server } from '@/bench/servers'

const CONNECTIONS = 8
const ROUNDS = 5
const WARM_UP_MS = 2000
const ROTATIONS_A_ROUND = 600

/**
 * Minting and rotating by bearer in one organization: the worst case, since its audit chain is serial.
 * @param spare tokens that nothing else uses; each is rotated at most once
 */
export async function measureTokenWrites(
  bench: Bench,
  product: Server,
  dataset: Dataset,
  spare: readonly IssuedToken[],
  roundMs: number,
): Promise<void> {
  const { token: writer } = await dataset.mint({ name: 'Writer', preset: 'admin' })
  if (writer === null) throw new Error('A token without an idempotency key has its secret.')
  console.log(`Writes of one organization, ${CONNECTIONS} connections, audit chain included\n`)
  const mint = await measureMint(bench, product, writer, roundMs)
  const rotate = await measureRotate(bench, product, writer, spare)
  console.log(
    roundsTable([
      { name: 'mint', rounds: mint },
      { name: 'rotate', rounds: rotate },
    ]),
  )
  console.log('')
}

async function measureMint(
  bench: Bench,
  product: Server,
  writer: string,
  roundMs: number,
): Promise<Round[]> {
  const body = { name: 'Deployed by CI', preset: 'runner', expirationDays: 30 }
  const requests = [requestText('POST', '/v1/tenants/acme/tokens:generate', writer, body)]
  const job = { connections: CONNECTIONS, requests }
  await measure(bench, product, { ...job, until: { afterMs: WARM_UP_MS } })
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(await measure(bench, product, { ...job, until: { afterMs: roundMs } }))
  }
  return rounds
}

async function measureRotate(
  bench: Bench,
  product: Server,
  writer: string,
  spare: readonly IssuedToken[],
): Promise<Round[]> {
  const share = Math.min(ROTATIONS_A_ROUND, Math.floor(spare.length / (ROUNDS + 1)))
  const rounds: Round[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const requests = spare
      .slice(round * share, (round + 1) * share)
      .map(({ id }) => requestText('POST', `/v1/tenants/acme/tokens/${id}:rotate`, writer, {}))
    const job = { connections: CONNECTIONS, requests, until: 'all-sent' as const }
    rounds.push(await measure(bench, product, job))
  }
  // The first share was the warm-up.
  return rounds.slice(1)
}
