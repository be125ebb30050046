'use client'

import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { RadioCards } from '@/components/ui/radio-cards'
import type { RunnableAgent } from '@/lib/execution/runnable-agents'
import { TARGET_URL_MAX } from '@/lib/inbound/limits'
import type { TargetKind, WebhookTarget } from '@/lib/inbound/model'

export type TargetDraft = { targetKind: TargetKind; targetUrl: string; targetAgentId: string }

export type TargetFieldsProps = {
  draft: TargetDraft
  onChange: (change: Partial<TargetDraft>) => void
  problem: ActionProblem | null
  agents: readonly RunnableAgent[]
}

export function targetDraftOf(target: WebhookTarget): TargetDraft {
  return target.kind === 'HTTP'
    ? { targetKind: 'HTTP', targetUrl: target.url, targetAgentId: '' }
    : { targetKind: 'AGENT', targetUrl: '', targetAgentId: target.agentId }
}

/** What of the draft is sent: the one target that is chosen. */
export function targetWishOf({ targetKind, targetUrl, targetAgentId }: TargetDraft) {
  return targetKind === 'HTTP' ? { targetKind, targetUrl } : { targetKind, targetAgentId }
}

/** Where deliveries go: an address, or an agent. */
export function TargetFields({ draft, onChange, problem, agents }: TargetFieldsProps) {
  return (
    <>
      <Field label="Send to" group error={errorAt(problem, '/targetKind')}>
        <RadioCards
          name="targetKind"
          columns={2}
          value={draft.targetKind}
          onValueChange={(value) => onChange({ targetKind: value as TargetKind })}
          options={[
            { value: 'HTTP', title: 'An address', tagline: 'Forwarded as it came, and signed.' },
            { value: 'AGENT', title: 'An agent', tagline: 'Each delivery starts one run.' },
          ]}
        />
      </Field>
      {draft.targetKind === 'HTTP' ? (
        <Field
          label="Forward to"
          description="An https URL of yours that the Internet can reach. It answers 2xx within ten seconds, or the delivery is tried again."
          error={errorAt(problem, '/targetUrl')}
        >
          <Input
            name="targetUrl"
            type="url"
            value={draft.targetUrl}
            autoComplete="off"
            spellCheck={false}
            maxLength={TARGET_URL_MAX * 2}
            placeholder="https://hooks.example.com/inbound"
            onChange={(event) => onChange({ targetUrl: event.target.value })}
          />
        </Field>
      ) : (
        <AgentField draft={draft} onChange={onChange} problem={problem} agents={agents} />
      )}
    </>
  )
}

function AgentField({ draft: { targetAgentId }, onChange, problem, agents }: TargetFieldsProps) {
  const isListed = agents.some(({ id }) => id === targetAgentId)
  return (
    <Field
      label="Agent"
      description={
        agents.length === 0
          ? 'No agent is deployed yet. Deploy one first, then lead an endpoint to it.'
          : 'Members of a JSON body fill the parameters of the same name; a text parameter named payload gets the whole body. An agent without parameters reads the body as text.'
      }
      error={errorAt(problem, '/targetAgentId')}
    >
      <NativeSelect
        name="targetAgentId"
        value={targetAgentId}
        onChange={({ target }) => onChange({ targetAgentId: target.value })}
      >
        <option value="">Choose an agent…</option>
        {targetAgentId !== '' && !isListed ? (
          <option value={targetAgentId}>{targetAgentId} (not deployed)</option>
        ) : null}
        {agents.map(({ id, displayName }) => (
          <option key={id} value={id}>
            {displayName} ({id})
          </option>
        ))}
      </NativeSelect>
    </Field>
  )
}
