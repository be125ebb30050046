import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { buildIfMissing } from '@/bench/servers'
import { median, number, percentile, table } from '@/bench/statistics'
import { callApi } from '@/e2e/support/api-client'
import { issueToken } from '@/e2e/support/issue-token'
import { type Product, startProduct } from '@/e2e/support/product'
import { DEMO_PEOPLE } from '@/e2e/support/sign-in'

/**
 * `npm run bench:mcp`: what the MCP server of an integration costs beyond a bare server of the SDK with the same tools
 * and answers. Both are asked in turns over kept connections, so that what else the machine does meets both. Fails
 * where the median of an operation is 5 ms slower than the bare one.
 */

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '400' } } })
const LIMIT_MS = 5
const WARM_UP = 60

const OPERATIONS: Record<string, { method: string; params?: Record<string, unknown> }> = {
  'tools/list': { method: 'tools/list' },
  'list_models, 50 of all': {
    method: 'tools/call',
    params: { name: 'list_models', arguments: {} },
  },
  usage_summary: { method: 'tools/call', params: { name: 'usage_summary', arguments: {} } },
}

const agent = new Agent({ keepAlive: true })

interface Answer {
  ms: number
  text: string
}

function ask(url: string, token: string, body: string): Promise<Answer> {
  const startedAt = performance.now()
  return sent(url, token, body).then((text) => ({ text, ms: performance.now() - startedAt }))
}

function sent(url: string, token: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
          Accept: 'application/json, text/event-stream',
        },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          if (answer.statusCode === 200) resolve(text)
          else reject(new Error(`${url} answered ${answer.statusCode}: ${text}`))
        })
      },
    )
    call.on('error', reject)
    call.end(body)
  })
}

const messageOf = (operation: { method: string; params?: Record<string, unknown> }) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, ...operation })

/** An integration of the demo that offers what only reads. @returns where and by which key it is called */
async function published(product: Product): Promise<{ url: string; key: string }> {
  const { secret } = await issueToken(product, {
    organization: 'acme',
    owner: { email: DEMO_PEOPLE.acmeAdmin },
    scopes: ['integrations:read', 'integrations:write', 'llm_providers:read', 'traces:read'],
  })
  const base = '/v1/tenants/acme/integrations'
  const post = (method: string, path: string, body: unknown) =>
    callApi(product.url, { method, path, token: secret, body })
  await post('POST', base, { id: 'bench', displayName: 'Bench' })
  const tools = { enabled: true, exposedToolIds: ['list_models', 'usage_summary'] }
  const answer = await post('PATCH', `${base}/bench/mcp`, tools)
  return {
    url: `${product.url}${base}/bench/mcp:call`,
    key: answer.json<{ apiKey: string }>().apiKey,
  }
}

async function startBare(recordedFile: string): Promise<{ url: string; child: ChildProcess }> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/bare-mcp-server.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      BENCH_RECORDED: recordedFile,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}/`
  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(url).catch(() => null)
    if (answer) return { url, child }
    await delay(50)
  }
  throw new Error('The bare server did not start.')
}

await buildIfMissing('dist/server.mjs')
const folder = mkdtempSync(join(tmpdir(), 'fruxon-bench-'))
const product = await startProduct({
  demo: true,
  apiOnly: true,
  env: { API_RATE_LIMIT_PER_MINUTE: '1000000000', LOG_LEVEL: 'warn' },
})
let bare: Awaited<ReturnType<typeof startBare>> | undefined
try {
  const ours = await published(product)
  const recorded = { tools: [], answers: {} as Record<string, unknown> }
  for (const operation of Object.values(OPERATIONS)) {
    const { result } = JSON.parse((await ask(ours.url, ours.key, messageOf(operation))).text)
    if (operation.params) recorded.answers[String(operation.params.name)] = result
    else recorded.tools = result.tools
  }
  const file = join(folder, 'recorded.json')
  writeFileSync(file, JSON.stringify(recorded))
  bare = await startBare(file)
  const rows: string[][] = []
  let slow = false
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const message = messageOf(operation)
    const [times, bareTimes, bytes]: [number[], number[], Set<number>] = [[], [], new Set()]
    for (let round = -WARM_UP; round < Number(flags.rounds); round++) {
      const one = await ask(ours.url, ours.key, message)
      const other = await ask(bare.url, '', message)
      if (round < 0) continue
      times.push(one.ms)
      bareTimes.push(other.ms)
      bytes.add(Buffer.byteLength(one.text))
    }
    const overhead = median(times.map((ms, index) => ms - (bareTimes[index] ?? 0)))
    slow ||= overhead >= LIMIT_MS
    const at = (values: number[], part: number) =>
      number(
        percentile(
          [...values].sort((a, b) => a - b),
          part,
        ),
        2,
      )
    rows.push([
      name,
      number(Math.max(...bytes) / 1024, 1),
      at(times, 0.5),
      at(times, 0.95),
      at(bareTimes, 0.5),
      at(bareTimes, 0.95),
      number(overhead, 2),
    ])
  }
  console.log(`${cpus().length} cores, ${flags.rounds} calls each, in turns\n`)
  const header = ['operation', 'KiB', 'p50 ms', 'p95 ms', 'bare p50', 'bare p95', 'paired overhead']
  console.log(table(header, rows))
  if (slow) process.exitCode = 1
} finally {
  bare?.child.kill()
  await product.stop()
  rmSync(folder, { recursive: true, force: true })
  agent.destroy()
}
