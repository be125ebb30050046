import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '@/lib/errors'
import { CAPITALS, EvaluationScene, knowing } from '@/lib/evaluations/evaluation-scene-fixture'
import { workAll, workOnce } from '@/lib/evaluations/evaluations-fixture'
import { ATTEMPTS_MAX } from '@/lib/evaluations/limits'
import { workOnCase } from '@/lib/evaluations/work'

const scene = new EvaluationScene()
beforeAll(scene.open)
beforeEach(scene.renew)
afterAll(scene.close)

describe('after a crash', () => {
  it('a case is taken again once its lease is over, and given up after three', async () => {
    const { runtime, seen, results } = await scene.begun()
    expect(await scene.lostTo(runtime, 4)).toHaveLength(4)
    // The lease holds: nobody takes more of this run.
    expect(await workOnce(runtime)).toBe(0)
    for (let attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
      await scene.later()
      await scene.lostTo(runtime, 1)
    }
    await scene.later()
    await workAll(runtime)
    expect(await seen()).toMatchObject({ status: 'COMPLETED', progress: { done: 5, failed: 1 } })
    expect((await results('POSITION'))[0]?.candidate).toMatchObject({ errorCode: 'interrupted' })
  })

  it('goes on where the other process was: what was answered and scored is not paid for again', async () => {
    const stopping = new AbortController()
    const { runtime, seen, execution } = await scene.begun(
      knowing(() => stopping.abort()),
      { baselineRevision: null },
    )
    // Told to stop while the agent answers: given back before a judge is asked.
    expect(await workOnce(runtime, stopping.signal)).toBe(3)
    expect(await seen()).toMatchObject({ progress: { done: 0 }, comparison: { scored: 0 } })
    await workAll(runtime)
    expect(await seen()).toMatchObject({ status: 'COMPLETED', progress: { done: 3 } })
    expect(execution.model.doGenerateCalls).toHaveLength(3)
  })

  it('whoever lost a case writes nothing any more', async () => {
    const { runtime, seen } = await scene.begun(undefined, {
      baselineRevision: null,
      cases: [CAPITALS[0] ?? {}],
    })
    const [slow] = await scene.lostTo(runtime, 1)
    await scene.later()
    await workAll(runtime)
    const before = await seen()
    if (!slow) throw new Error('Nothing was claimed.')
    const never = new AbortController().signal
    await workOnCase(runtime, slow, { ended: never, stopping: never })
    expect(await seen()).toEqual(before)
  })

  it('what a limit holds up waits, and that is no attempt', async () => {
    let limited = true
    const { runtime, seen } = await scene.begun(
      {
        ...knowing(),
        runtime: { ...knowing().runtime, slots: { take: () => slot(limited) } as never },
      },
      { baselineRevision: null },
    )
    for (let time = 0; time <= ATTEMPTS_MAX; time++) {
      await scene.later()
      expect(await workOnce(runtime)).toBe(3)
      expect(await workOnce(runtime)).toBe(0)
    }
    expect(await seen()).toMatchObject({ status: 'IN_PROGRESS', progress: { done: 0, failed: 0 } })
    limited = false
    await scene.later()
    await workAll(runtime)
    expect(await seen()).toMatchObject({ status: 'COMPLETED', progress: { done: 3 } })
  })
})

function slot(limited: boolean) {
  if (limited) {
    throw new DomainError('throttled', 'too_many_runs', 'Wait.')
  }
  return () => undefined
}
