import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

/**
 * bcrypt on a thread of its own: a third of a second of it on the main thread would hold up every request
 * of the process, and sign-in is open to strangers.
 */

type Task =
  | { act: 'hash'; password: string; cost: number }
  | { act: 'compare'; password: string; hash: string }

interface Waiting {
  resolve(result: string | boolean): void
  reject(error: Error): void
}

/** Plain JavaScript in a text: there is no file that exists in all of source, tests and both bundles. */
const SOURCE = `
  const { parentPort, workerData } = require('node:worker_threads')
  const bcrypt = require(workerData.bcrypt)
  parentPort.on('message', ({ id, act, password, cost, hash }) => {
    try {
      const result =
        act === 'hash' ? bcrypt.hashSync(password, cost) : bcrypt.compareSync(password, hash)
      parentPort.postMessage({ id, result })
    } catch (error) {
      parentPort.postMessage({ id, error: String(error) })
    }
  })`

const waiting = new Map<number, Waiting>()
let worker: Worker | undefined
let lastId = 0

/** One at a time, in the order of asking. @throws Error where bcrypt refuses or the thread ends */
export function hashOnThread(password: string, cost: number): Promise<string> {
  return onThread({ act: 'hash', password, cost }) as Promise<string>
}

/** @throws Error where bcrypt refuses or the thread ends */
export function compareOnThread(password: string, hash: string): Promise<boolean> {
  return onThread({ act: 'compare', password, hash }) as Promise<boolean>
}

function onThread(task: Task): Promise<string | boolean> {
  worker ??= startWorker()
  const id = ++lastId
  const answer = new Promise<string | boolean>((resolve, reject) => {
    waiting.set(id, { resolve, reject })
  })
  // It keeps the process alive only while somebody waits.
  worker.ref()
  worker.postMessage({ id, ...task })
  return answer
}

function startWorker(): Worker {
  const bcrypt = createRequire(join(process.cwd(), 'package.json')).resolve('bcryptjs')
  const started = new Worker(SOURCE, { eval: true, workerData: { bcrypt } })
  started.on('message', (answer: { id: number; result: string | boolean; error?: string }) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (waiting.size === 0) started.unref()
    if (answer.error === undefined) asked?.resolve(answer.result)
    else asked?.reject(new Error(answer.error))
  })
  // Those who wait learn it; the next one gets a new thread.
  const fail = (error: Error) => {
    if (worker !== started) return
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  started.on('error', fail)
  started.on('exit', (code) => fail(new Error(`The password thread ended with ${code}.`)))
  started.unref()
  return started
}
