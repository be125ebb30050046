'use client'

import { type ReactNode, useCallback, useRef, useState } from 'react'
import { v4 as randomId } from 'uuid'
import {
  type ActionProblem,
  attempt,
  type Outcome,
  UNREACHABLE,
} from '@/components/settings/action-outcome'
import { useReauthentication } from '@/components/settings/use-reauthentication'
import type { MintedToken } from '@/lib/tokens/model'
import type { TokenFormSetting } from './token-form-contract'

export type MintCall = (idempotencyKey: string) => Promise<Outcome<MintedToken>>

export interface Minting {
  pending: boolean
  problem: ActionProblem | null
  /** What was made, with its secret until `forget`. */
  minted: MintedToken | null
  /** Something was made, whether or not its secret is still here. */
  made: boolean
  submit: (call: MintCall) => Promise<MintedToken | null>
  /** Drops the secret from memory. Never changes. */
  forget: () => void
  /** Asks for proof of identity where the server wants it. MintingSheet renders it. */
  dialog: ReactNode
  setting: Pick<TokenFormSetting, 'publicUrl' | 'tenant'>
}

/**
 * A form that makes a secret: the request, its outcome, the secret. Every sending carries an idempotency
 * key that is renewed only after a definite answer: a double click, or a second try after a lost
 * connection, makes one token.
 */
export function useMinting(setting: Pick<TokenFormSetting, 'publicUrl' | 'tenant'>): Minting {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  const [minted, setMinted] = useState<MintedToken | null>(null)
  const [made, setMade] = useState(false)
  const { run, dialog } = useReauthentication(setting.tenant)
  const underWay = useRef(false)
  const key = useRef<string | null>(null)

  async function submit(call: MintCall): Promise<MintedToken | null> {
    if (underWay.current) return null
    underWay.current = true
    setPending(true)
    setProblem(null)
    key.current ??= randomId()
    const idempotencyKey = key.current
    const answer = await run(() => attempt(() => call(idempotencyKey)))
    underWay.current = false
    setPending(false)
    if (answer.ok || answer.problem.code !== UNREACHABLE) key.current = null
    if (!answer.ok) {
      setProblem(answer.problem)
      return null
    }
    setMinted(answer.data)
    setMade(true)
    return answer.data
  }
  const forget = useCallback(() => setMinted(null), [])
  return { pending, problem, minted, made, submit, forget, dialog, setting }
}
