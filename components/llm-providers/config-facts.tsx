import type { ReactNode } from 'react'
import type { Tone } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusDot } from '@/components/ui/status-dot'
import type { LlmConfig, LlmConfigState, ProviderTest } from '@/lib/llm-providers/model'

const STATES: Record<LlmConfigState, { tone: Tone; word: string }> = {
  DRAFT: { tone: 'warning', word: 'Draft' },
  ACTIVE: { tone: 'success', word: 'Active' },
  DISABLED: { tone: 'neutral', word: 'Disabled' },
}

export type ConfigFactsProps = {
  config: LlmConfig
  now: number
  /** Of a test that was made just now; it may have been none at all. */
  result: ProviderTest | null
}

/** State, key, address and last test of a config. */
export function ConfigFacts({ config, now, result }: ConfigFactsProps) {
  const { tone, word } = STATES[config.state]
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm">
        <StatusDot tone={tone}>{word}</StatusDot>
        <span>
          {config.key ? (
            <>
              Key <code className="font-mono">…{config.key.hint ?? ''}</code> set{' '}
              <RelativeTime at={config.key.setAt} now={now} />
            </>
          ) : (
            'No key'
          )}
        </span>
        <code className="min-w-0 break-all font-mono text-xs">{config.baseUrl}</code>
      </p>
      <p aria-live="polite" className="text-muted text-sm">
        {result ? (
          <Verdict {...result}>just now</Verdict>
        ) : config.lastTest ? (
          <Verdict success={config.lastTest.error === null} error={config.lastTest.error}>
            <RelativeTime at={config.lastTest.at} now={now} />
          </Verdict>
        ) : (
          'Not tested as it stands.'
        )}
      </p>
    </>
  )
}

function Verdict({ success, error, children }: ProviderTest & { children: ReactNode }) {
  return (
    <StatusDot
      tone={success ? 'success' : 'danger'}
      className="items-baseline whitespace-normal [&>[aria-hidden]]:translate-y-px"
    >
      <span>
        {success ? 'It works' : error} <span className="text-faint">· tested {children}</span>
      </span>
    </StatusDot>
  )
}
