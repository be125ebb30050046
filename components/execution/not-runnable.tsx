import { PlugZap, Rocket } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'

/** Where nothing is deployed. */
export function NothingDeployed({ revisionsHref }: { revisionsHref: string }) {
  return (
    <EmptyState
      icon={<Rocket />}
      title="Nothing is deployed yet"
      description="Deploy a revision, then try it here."
      actions={<LinkButton href={revisionsHref}>Go to revisions</LinkButton>}
    />
  )
}

export type NoProviderProps = {
  provider: string
  /** Null for those who cannot set providers up. */
  providersHref: string | null
}

/** Where the provider of the deployed revision is not set up. */
export function NoProvider({ provider, providersHref }: NoProviderProps) {
  return (
    <EmptyState
      icon={<PlugZap />}
      title={`The provider ${provider} is not set up`}
      description={
        providersHref
          ? 'Add its key, and the agent can run. To try things out without a model, deploy a revision on the provider local.'
          : 'Ask an admin of the organization to add its key. To try things out without a model, deploy a revision on the provider local.'
      }
      actions={
        providersHref ? <LinkButton href={providersHref}>Set up {provider}</LinkButton> : undefined
      }
    />
  )
}
