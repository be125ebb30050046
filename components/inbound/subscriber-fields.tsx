'use client'

import { type ActionProblem, errorAt } from '@/components/settings/action-outcome'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { NativeSelect } from '@/components/ui/native-select'
import { RadioCards } from '@/components/ui/radio-cards'
import type { RunnableAgent } from '@/lib/execution/runnable-agents'
import { EVENT_FILTER_MAX } from '@/lib/inbound/event-filter'
import { RECEIVER_NAME_MAX, TARGET_URL_MAX } from '@/lib/inbound/limits'
import type { SubscriberType, WebhookProvider } from '@/lib/inbound/model'
import { FILTER_EXAMPLES } from './inbound-words'
import type { SubscriberDraft } from './subscriber-draft'

export type SubscriberFieldsProps = {
  draft: SubscriberDraft
  onChange: (change: Partial<SubscriberDraft>) => void
  problem: ActionProblem | null
  /** To choose from. */
  agents: readonly RunnableAgent[]
  provider: WebhookProvider
  /** Where the problem has them: '' or '/subscription'. */
  below?: string | undefined
}

/** Who takes what comes in, and what of it. */
export function SubscriberFields(props: SubscriberFieldsProps) {
  const { draft, onChange, problem, below = '' } = props
  return (
    <>
      <Field label="Send to" group error={errorAt(problem, `${below}/subscriberType`)}>
        <RadioCards
          name="subscriberType"
          columns={2}
          value={draft.subscriberType}
          onValueChange={(value) => onChange({ subscriberType: value as SubscriberType })}
          options={[
            { value: 'HTTP', title: 'An address', tagline: 'Forwarded as it came, and signed.' },
            { value: 'AGENT', title: 'An agent', tagline: 'Each delivery starts one run.' },
          ]}
        />
      </Field>
      {draft.subscriberType === 'HTTP' ? (
        <>
          <Field
            label="Receiver"
            description="A name to tell it by. It stays as it is."
            error={errorAt(problem, `${below}/subscriberId`)}
          >
            <Input
              name="receiver"
              value={draft.name}
              autoComplete="off"
              spellCheck={false}
              maxLength={RECEIVER_NAME_MAX * 2}
              placeholder="billing"
              onChange={(event) => onChange({ name: event.target.value })}
            />
          </Field>
          <UrlField {...props} />
        </>
      ) : (
        <AgentField {...props} />
      )}
      <FilterField {...props} />
    </>
  )
}

export function UrlField({ draft, onChange, problem, below = '' }: SubscriberFieldsProps) {
  return (
    <Field
      label="Forward to"
      description="An https URL of yours that the Internet can reach. It answers 2xx within ten seconds, or the delivery is tried again."
      error={errorAt(problem, `${below}/config/url`)}
    >
      <Input
        name="url"
        type="url"
        value={draft.url}
        autoComplete="off"
        spellCheck={false}
        maxLength={TARGET_URL_MAX * 2}
        placeholder="https://hooks.example.com/inbound"
        onChange={(event) => onChange({ url: event.target.value })}
      />
    </Field>
  )
}

export function FilterField({
  draft,
  onChange,
  problem,
  provider,
  below = '',
}: SubscriberFieldsProps) {
  const example = FILTER_EXAMPLES[provider]
  return (
    <Field
      label="Events"
      optional
      description={`Types of event with commas between them; a star stands for the rest of a type. For instance: ${example}. Left empty, it takes everything.`}
      error={errorAt(problem, `${below}/eventFilter`)}
    >
      <Input
        name="eventFilter"
        value={draft.eventFilter}
        autoComplete="off"
        spellCheck={false}
        maxLength={EVENT_FILTER_MAX * 2}
        placeholder={example}
        onChange={(event) => onChange({ eventFilter: event.target.value })}
      />
    </Field>
  )
}

function AgentField({ draft, onChange, problem, agents, below = '' }: SubscriberFieldsProps) {
  return (
    <Field
      label="Agent"
      description={
        agents.length === 0
          ? 'No agent is deployed yet. Deploy one first, then let it take deliveries.'
          : 'Members of a JSON body fill the parameters of the same name; a text parameter named payload gets the whole body. An agent without parameters reads the body as text.'
      }
      error={errorAt(problem, `${below}/subscriberId`)}
    >
      <NativeSelect
        name="agentId"
        value={draft.agentId}
        onChange={({ target }) => onChange({ agentId: target.value })}
      >
        <option value="">Choose an agent…</option>
        {agents.map(({ id, displayName }) => (
          <option key={id} value={id}>
            {displayName} ({id})
          </option>
        ))}
      </NativeSelect>
    </Field>
  )
}
