import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LoadJob, LoadResult } from '@/bench/load-protocol'

export interface LoadGenerator {
  pid: number
  /** One job at a time. @throws Error for a broken connection, or for an answer that is not `status` */
  run(job: LoadJob, status?: number): Promise<LoadResult>
  stop(): void
}

/** Starts the generator in a process of its own; it stays, so that all rounds see it equally warm. */
export function startLoadGenerator(): LoadGenerator {
  const child = fork(fileURLToPath(new URL('load.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  })
  return {
    pid: child.pid ?? 0,
    async run(job, status = 200) {
      const answer = await new Promise<{ result?: LoadResult; failure?: string }>(
        (resolve, reject) => {
          const ended = () => reject(new Error('The load generator ended.'))
          child.once('exit', ended)
          child.once('message', (message) => {
            child.off('exit', ended)
            resolve(message as { result?: LoadResult; failure?: string })
          })
          child.send(job)
        },
      )
      if (!answer.result) throw new Error(answer.failure)
      const { statuses, answers } = answer.result
      if (statuses[status] !== answers) {
        throw new Error(`Not every answer was ${status}: ${JSON.stringify(statuses)}`)
      }
      return answer.result
    },
    stop: () => void child.kill(),
  }
}
