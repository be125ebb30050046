import { setTimeout as delay } from 'node:timers/promises'
import { eventsOfBatch } from '@/e2e/api/support/usage-batches'
import { callApi } from '@/e2e/support/api-client'

/**
 * A program that reports usage, in a process of its own, so that it can be killed. It sends every batch until it
 * was acknowledged, also while nobody answers, and tells of each one that was.
 */

/** What the process is sent, first all of it, later the address only. */
export interface SenderJob {
  /** Where the product answers now. */
  url: string
  path: string
  token: string
  /** Part of each id: a run is counted apart from others. */
  run: string
  batches: number[]
  size: number
  /** Epoch ms before which everything happened. */
  until: number
}

const SENDERS = 4
const PAUSE_MS = 20

let job: SenderJob | null = null

async function work({ path, token, run, size, until }: SenderJob, waiting: number[]) {
  for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
    const body = eventsOfBatch({ run, batch, size, until })
    while (!(await isAcknowledged(path, token, body))) await delay(PAUSE_MS)
    process.send?.(batch)
  }
}

async function isAcknowledged(path: string, token: string, body: object[]): Promise<boolean> {
  const answer = await callApi(job?.url ?? '', { method: 'POST', path, token, body }).catch(
    () => null,
  )
  if (answer !== null && answer.status < 500 && answer.status !== 200) {
    throw new Error(`The product answered ${answer.status}: ${answer.text}`)
  }
  return answer?.status === 200
}

process.on('message', (message: SenderJob) => {
  const isFirst = job === null
  job = message
  if (!isFirst) return
  const waiting = [...message.batches]
  void Promise.all(Array.from({ length: SENDERS }, () => work(message, waiting))).then(
    () => process.disconnect(),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
