import { LinkButton } from '@/components/ui/link-button'
import { AskForAccess } from './ask-for-access'

export type UnseenAgentProps = {
  tenant: string
  /** As the address has it. */
  agent: string
  mayAsk: boolean
}

/** The page of what is not there, and of an agent that one does not see: it cannot be told which. */
export function UnseenAgent({ tenant, agent, mayAsk }: UnseenAgentProps) {
  return (
    <div className="flex max-w-form flex-col gap-6">
      <header className="flex flex-col gap-2">
        <h1 className="font-semibold text-ink text-xl">There is nothing here</h1>
        <p className="text-base text-muted">
          {mayAsk
            ? 'The address may be wrong, or the agent is not shared with you. Only its admins can tell.'
            : 'The address may be wrong, or what it led to is gone.'}
        </p>
      </header>
      {mayAsk ? (
        <AskForAccess
          tenant={tenant}
          agent={agent}
          title="Ask for access"
          description="If there is such an agent, its admins see who asks, the role and your message."
          above={null}
          sent="If there is such an agent, its admins have been asked. You hear from them by a notification."
        />
      ) : null}
      <div>
        <LinkButton href={`/${tenant}/settings/agents`}>Go to your agents</LinkButton>
      </div>
    </div>
  )
}
