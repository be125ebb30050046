import { connect } from 'node:net'
import type { LoadJob, LoadResult } from '@/bench/load-protocol'
import { SAMPLES_KEPT } from '@/bench/load-protocol'
import { percentile } from '@/bench/statistics'

/**
 * The load generator: raw sockets, requests made beforehand, and of an answer only its status and length
 * are read. It shares the machine with what it measures, so whatever it burns it takes from the server.
 * One request is under way on each connection at any time.
 */

interface Run {
  job: LoadJob
  buffers: Buffer[]
  next: number
  startedAt: number
  statuses: Map<number, number>
  samples: number[]
}

function nextRequest(run: Run): Buffer | null {
  const { until } = run.job
  if (until === 'all-sent') return run.buffers[run.next++] ?? null
  if (performance.now() - run.startedAt >= until.afterMs) return null
  return run.buffers[run.next++ % run.buffers.length] ?? null
}

/** One connection until there is nothing more to send. Rejects when the server closes it. */
function drive(run: Run): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: run.job.port, host: '127.0.0.1', noDelay: true })
    let sentAt = 0
    let headBytes: Buffer | null = null
    /** Bytes of the answer's body still to come. */
    let missing = 0
    let done = false

    const send = () => {
      const request = nextRequest(run)
      if (request) {
        sentAt = performance.now()
        socket.write(request)
      } else {
        done = true
        socket.end()
        resolve()
      }
    }
    const answered = () => {
      run.samples.push(performance.now() - sentAt)
      send()
    }
    const readHead = (chunk: Buffer) => {
      const bytes = headBytes ? Buffer.concat([headBytes, chunk]) : chunk
      const end = bytes.indexOf('\r\n\r\n')
      if (end === -1) {
        headBytes = bytes
        return
      }
      headBytes = null
      const head = bytes.toString('latin1', 0, end)
      const length = /content-length: *(\d+)/i.exec(head)?.[1]
      if (length === undefined) throw new Error(`An answer without Content-Length:\n${head}`)
      const status = Number(head.slice(9, 12))
      run.statuses.set(status, (run.statuses.get(status) ?? 0) + 1)
      missing = Number(length) - (bytes.length - end - 4)
      if (missing === 0) answered()
    }
    socket.on('connect', send)
    socket.on('data', (chunk) => {
      if (missing === 0) readHead(chunk)
      else {
        missing -= chunk.length
        if (missing === 0) answered()
      }
    })
    socket.on('error', reject)
    socket.on('close', () => {
      if (!done) reject(new Error('The server closed a connection.'))
    })
  })
}

async function perform(job: LoadJob): Promise<LoadResult> {
  const run: Run = {
    job,
    buffers: job.requests.map((request) => Buffer.from(request, 'latin1')),
    next: 0,
    startedAt: performance.now(),
    statuses: new Map(),
    samples: [],
  }
  await Promise.all(Array.from({ length: job.connections }, () => drive(run)))
  const elapsedMs = performance.now() - run.startedAt
  const sorted = Float64Array.from(run.samples).sort()
  return {
    answers: run.samples.length,
    elapsedMs,
    statuses: Object.fromEntries(run.statuses),
    samplesMs: run.samples.length <= SAMPLES_KEPT ? run.samples : null,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
  }
}

process.on('message', (job: LoadJob) => {
  perform(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ failure: String(error) }),
  )
})
