'use client'

import { useRef, useState } from 'react'
import { v4 as randomId } from 'uuid'
import {
  type ActionProblem,
  attempt,
  type Outcome,
  UNREACHABLE,
} from '@/components/settings/action-outcome'
import type { Reauthentication } from '@/components/settings/use-reauthentication'
import type { MintedToken } from '@/lib/tokens/model'

export type MintCall = (idempotencyKey: string) => Promise<Outcome<MintedToken>>

/**
 * Sends a request that makes a secret. Every sending carries an idempotency key that is renewed only
 * after a definite answer: a double click, or a second try after a lost connection, makes one token.
 */
export function useMintSubmission(reauthentication: Reauthentication) {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const underWay = useRef(false)
  const key = useRef<string | null>(null)

  async function submit(call: MintCall): Promise<MintedToken | null> {
    if (underWay.current) return null
    underWay.current = true
    setPending(true)
    setProblem(null)
    key.current ??= randomId()
    const idempotencyKey = key.current
    const answer = await reauthentication.run(() => attempt(() => call(idempotencyKey)))
    underWay.current = false
    setPending(false)
    if (answer.ok || answer.problem.code !== UNREACHABLE) key.current = null
    if (answer.ok) return answer.data
    setProblem(answer.problem)
    return null
  }

  return { pending, problem, submit, clearProblem: () => setProblem(null) }
}
