import { type Dataset, mintMany, writeActivity } from '@/bench/dataset'
import { requestText } from '@/bench/request-text'
import type { Bench } from '@/bench/rounds'
import type { Server } from '@/bench/servers'
import { median, number, percentile, table } from '@/bench/statistics'

const PAGE_SIZE = 50
/** The most a page may hold: the walk to the deep pages takes fewer steps. */
const STRIDE = 200
const SAMPLES = 60
const WARM_UP = 10

interface Shown {
  items: unknown[]
  nextPageToken: string
  totalCount: number
}

interface Reader {
  secret: string
  port: number
  /** Path of the activity, without a query. */
  path: string
}

function pathOfPage(reader: Reader, pageSize: number, pageToken: string): string {
  const after = pageToken === '' ? '' : `&pageToken=${pageToken}`
  return `${reader.path}?pageSize=${pageSize}${after}`
}

async function show(reader: Reader, pageSize: number, pageToken: string): Promise<Shown> {
  const response = await fetch(
    `http://127.0.0.1:${reader.port}${pathOfPage(reader, pageSize, pageToken)}`,
    { headers: { Authorization: `Bearer ${reader.secret}` } },
  )
  const text = await response.text()
  if (response.status !== 200) throw new Error(`A page answered ${response.status}: ${text}`)
  return JSON.parse(text) as Shown
}

/** The page tokens that lead to these rows (counted from 0, ascending), found by walking there. */
async function walkTo(reader: Reader, offsets: readonly number[]): Promise<string[]> {
  const tokens: string[] = []
  let pageToken = ''
  let seen = 0
  for (const offset of offsets) {
    while (seen < offset) {
      const size = Math.min(STRIDE, offset - seen)
      const page = await show(reader, size, pageToken)
      if (page.items.length !== size) throw new Error(`A page is short after ${seen} rows.`)
      pageToken = page.nextPageToken
      seen += size
    }
    tokens.push(pageToken)
  }
  return tokens
}

/** Pages of the activity of one family, near and deep, asked for in turn over one connection. */
export async function measureActivityPages(
  bench: Bench,
  product: Server,
  dataset: Dataset,
  rows: number,
): Promise<void> {
  const [token] = await mintMany(dataset, 1)
  const { token: secret } = await dataset.mint({ name: 'Reader', preset: 'admin' })
  if (!token || secret === null) throw new Error('No token was made.')
  await writeActivity(dataset, token, rows)

  const { port } = product
  const reader = { secret, port, path: `/v1/tenants/acme/tokens/${token.id}/activity` }
  const lastPage = Math.ceil(rows / PAGE_SIZE)
  const pages = [1, Math.floor(lastPage / 2), lastPage]
  const tokens = await walkTo(
    reader,
    pages.map((page) => (page - 1) * PAGE_SIZE),
  )
  const end = await show(reader, PAGE_SIZE, tokens[2] ?? '')
  if (end.nextPageToken !== '' || end.totalCount !== rows) {
    throw new Error(`The walk over ${rows} rows ends with ${end.totalCount} counted.`)
  }

  const requests = tokens.map((pageToken) =>
    requestText('GET', pathOfPage(reader, PAGE_SIZE, pageToken), secret),
  )
  const { samplesMs } = await bench.generator.run({
    port,
    connections: 1,
    requests: Array.from({ length: SAMPLES + WARM_UP }, () => requests).flat(),
    until: 'all-sent',
  })
  const measured = (samplesMs ?? []).slice(WARM_UP * requests.length)
  const byPage = pages.map((_, index) =>
    measured.filter((_, sample) => sample % requests.length === index).sort((a, b) => a - b),
  )
  const first = median(byPage[0] ?? [])
  console.log(
    `Activity of one token: ${number(rows)} rows, ${PAGE_SIZE} a page, ${SAMPLES} samples each, in turn\n`,
  )
  console.log(
    table(
      ['page', 'p50 ms', 'p95 ms', 'p50 against page 1'],
      byPage.map((samples, index) => [
        number(pages[index] ?? 0),
        number(median(samples), 2),
        number(percentile(samples, 0.95), 2),
        `${number(median(samples) / first, 2)} ×`,
      ]),
    ),
  )
  console.log('')
}
