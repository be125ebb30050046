import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { readEnvironment } from '@/lib/env'
import { newId } from '@/lib/ids'
import { diceOf, weighted } from '@/prisma/seed/dice'
import { ACME_AGENTS, ACME_KNOWLEDGE_BASES, type DemoAgent } from '@/prisma/seed/usage-agents'
import { runAgent } from '@/scripts/demo-spans'
import { borrowToken } from '@/scripts/demo-token'

/**
 * `npm run demo:traffic`: agents of the demo organization at work, as any program instrumented with
 * OpenTelemetry tells of its calls. Look at Usage while it runs; all of it has the origin TEST.
 */
const USAGE = `Usage: npm run demo:traffic -- [--url ADDRESS] [--tenant SLUG] [--token SECRET] [--seconds NUMBER]

Without anything it sends to the demo of \`npm run up\`, with a token that it revokes when it stops (Ctrl-C).
  --url ADDRESS     where the product is (default http://localhost:3000, or PUBLIC_URL)
  --tenant SLUG     the organization (default acme)
  --token SECRET    a token with the scope traces:write, for any other installation than this one's demo
  --seconds NUMBER  stop by itself`

const STORAGE_EVERY_SECONDS = 15
const RUNS_A_SECOND = 3

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        url: { type: 'string' },
        tenant: { type: 'string', default: 'acme' },
        token: { type: 'string' },
        seconds: { type: 'string', default: 'Infinity' },
        help: { type: 'boolean', default: false },
      },
    })
    if (!(Number(values.seconds) > 0)) throw new Error('--seconds takes a number above 0.')
    return values
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`)
    process.exit(2)
  }
}

async function requireProduct(url: string): Promise<void> {
  const answer = await fetch(`${url}/readyz`).catch(() => null)
  if (answer?.ok) return
  throw new Error(`Nothing answers at ${url}: start it with npm run up, or name it with --url.`)
}

/** What the knowledge bases hold, as a gauge: it grows a little each time. */
async function reportStorage(path: string, token: string, second: number): Promise<string> {
  const events = ACME_KNOWLEDGE_BASES.filter(({ deletedAgo }) => deletedAgo === undefined).map(
    ({ name, bytes, dailyBytes }) => ({
      specversion: '1.0',
      id: newId(),
      source: 'demo-traffic',
      type: 'com.fruxon.usage.storage',
      time: new Date().toISOString(),
      data: { knowledgeBase: name, bytes: Math.round(bytes + (dailyBytes * second) / 1000) },
    }),
  )
  const answer = await fetch(`${path}/usageEvents:ingest`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(events),
  })
  if (!answer.ok) throw new Error(`Storage was refused: ${answer.status} ${await answer.text()}`)
  return `, storage of ${events.length} knowledge bases`
}

const likelihoods = ACME_AGENTS.map((agent) => ({
  agent,
  weight: agent.callsPerDay / agent.callsInRun,
}))

function tracerTo(path: string, token: string) {
  const exporter = new OTLPTraceExporter({
    url: `${path}/traces`,
    headers: { Authorization: `Bearer ${token}` },
  })
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'demo-traffic',
      'deployment.environment.name': 'demo',
      'fruxon.origin': 'TEST',
    }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 400 })],
  })
  return { provider, tracer: provider.getTracer('demo-traffic') }
}

async function send(path: string, token: string, stopping: AbortSignal): Promise<void> {
  const { provider, tracer } = tracerTo(path, token)
  const dice = diceOf(newId())
  let total = 0
  for (let second = 0; second < Number(options.seconds) && !stopping.aborted; second++) {
    const calls = new Map<string, number>()
    for (let run = 0; run < Math.round(RUNS_A_SECOND * 2 * dice()); run++) {
      const [first, ...others] = likelihoods
      if (!first) break
      const agent: DemoAgent = weighted([first, ...others], dice).agent
      calls.set(agent.agent, (calls.get(agent.agent) ?? 0) + runAgent(tracer, agent, dice))
    }
    const stored =
      second % STORAGE_EVERY_SECONDS === 0 ? await reportStorage(path, token, second) : ''
    total += [...calls.values()].reduce((sum, count) => sum + count, 0)
    const said = [...calls].map(([agent, count]) => `${agent} ${count}`).join(', ')
    console.log(`${new Date().toISOString().slice(11, 19)}  ${said || 'nothing'}${stored}`)
    await delay(1000, undefined, { signal: stopping }).catch(() => undefined)
  }
  await provider.forceFlush()
  await provider.shutdown()
  console.log(`Sent ${total} model calls in all; each is counted once.`)
}

const options = readOptions()
if (options.help) {
  console.log(USAGE)
  process.exit(0)
}
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
try {
  const environment = readEnvironment()
  const url = (options.url ?? environment.PUBLIC_URL).replace(/\/$/, '')
  await requireProduct(url)
  const borrowed = options.token ? null : await borrowToken(environment, options.tenant)
  try {
    console.log(`Look at ${url}/${options.tenant}/settings/usage. Stop with Ctrl-C.\n`)
    const token = options.token ?? borrowed?.secret ?? ''
    await send(`${url}/v1/tenants/${options.tenant}`, token, stop.signal)
  } finally {
    await borrowed?.giveBack()
  }
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
