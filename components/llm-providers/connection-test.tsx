'use client'

import { PlugZap } from 'lucide-react'
import { useState, useTransition } from 'react'
import { type ActionProblem, attempt, type Outcome } from '@/components/settings/action-outcome'
import { Button } from '@/components/ui/button'
import { StatusDot } from '@/components/ui/status-dot'
import type { ProviderTest } from '@/lib/llm-providers/model'

export interface ConnectionTest {
  testing: boolean
  /** Null before the first, and once what it was about has changed. */
  result: ProviderTest | null
  /** Why it could not be made. */
  problem: ActionProblem | null
  run: (call: () => Promise<Outcome<ProviderTest>>, onDone?: () => void) => void
  forget: () => void
}

/** One try, and what came of it; where it could not be made, why. */
export function useConnectionTest(): ConnectionTest {
  const [testing, startTransition] = useTransition()
  const [result, setResult] = useState<ProviderTest | null>(null)
  const [problem, setProblem] = useState<ActionProblem | null>(null)
  return {
    testing,
    result,
    problem,
    run: (call, onDone) =>
      startTransition(async () => {
        const answer = await attempt(call)
        startTransition(() => {
          setResult(answer.ok ? answer.data : { success: false, error: answer.problem.message })
          setProblem(answer.ok ? null : answer.problem)
          onDone?.()
        })
      }),
    forget() {
      setResult(null)
      setProblem(null)
    },
  }
}

export type TestButtonProps = {
  test: ConnectionTest
  onTest: () => void
  /** Of what is tested, where several are in sight. */
  name?: string | undefined
  className?: string | undefined
}

export function TestButton({ test, onTest, name, className }: TestButtonProps) {
  return (
    <Button
      onClick={onTest}
      loading={test.testing}
      aria-label={name ? `Test connection of ${name}` : undefined}
      className={className}
    >
      <PlugZap aria-hidden />
      Test connection
    </Button>
  )
}

/** Announced when it comes. */
export function TestResult({ result }: { result: ProviderTest | null }) {
  return (
    <p aria-live="polite" className="text-sm not-empty:basis-full not-empty:pb-1 empty:absolute">
      {result ? (
        <StatusDot tone={result.success ? 'success' : 'danger'} className="whitespace-normal">
          {result.success ? 'It works.' : result.error}
        </StatusDot>
      ) : null}
    </p>
  )
}
