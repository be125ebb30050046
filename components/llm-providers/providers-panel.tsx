import { Cpu } from 'lucide-react'
import { SectionCard } from '@/components/settings/section-card'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import type { ProviderUse } from '@/lib/agents/provider-use'
import { knownProvider, type LlmProvider, LOCAL_PROVIDER } from '@/lib/llm-providers/model'
import { AddProviderButton } from './add-provider-button'
import { ConfigRow } from './config-row'
import { originWords, type ProviderSetting } from './provider-words'

export type ProvidersPanelProps = {
  setting: ProviderSetting
  providers: readonly LlmProvider[]
  uses: readonly ProviderUse[]
}

/** Every provider that anybody has set up, then what can still be. */
export function ProvidersPanel({ setting, providers, uses }: ProvidersPanelProps) {
  const { tenant, mayWrite } = setting
  const reachable = providers.filter(({ origin }) => origin !== 'LOCAL')
  const present = reachable.filter(
    ({ configs, fromOperator }) => configs.length > 0 || fromOperator,
  )
  // Not those that want an address of one's own.
  const others = reachable.filter(
    (one) => !present.includes(one) && knownProvider(one.provider)?.keyRequired,
  )
  return (
    <>
      {present.length === 0 ? (
        <EmptyState
          icon={<Cpu />}
          title="Connect your first model provider"
          description={
            mayWrite
              ? 'Bring the key of an account at OpenAI, Anthropic, Google or anyone who speaks the same language. Agents run on it from then on.'
              : 'An admin brings the key of an account. Until then agents run on the local provider only, which calls no model.'
          }
          actions={mayWrite ? <AddProviderButton tenant={tenant} variant="secondary" /> : undefined}
        />
      ) : null}
      {present.map((provider) => (
        <ProviderCard
          key={provider.provider}
          setting={setting}
          provider={provider}
          agents={uses
            .filter((use) => use.provider === provider.provider)
            .map(({ displayName }) => displayName)}
        />
      ))}
      {others.length > 0 && mayWrite ? (
        <SectionCard
          title={present.length > 0 ? 'Also ready to connect' : 'Ready to connect'}
          description="Their address is known: a key is all it takes."
        >
          <ul className="flex flex-wrap gap-2">
            {others.map(({ provider, label }) => (
              <li key={provider}>
                <AddProviderButton tenant={tenant} variant="secondary" provider={provider}>
                  {label}
                </AddProviderButton>
              </li>
            ))}
          </ul>
        </SectionCard>
      ) : null}
      <SectionCard
        title={<ProviderTitle label="Local" name={LOCAL_PROVIDER} />}
        description="Calls no model: it repeats what it was asked, so that a whole run can be seen before one is paid for."
        actions={<Badge>Built in</Badge>}
      />
    </>
  )
}

type ProviderCardProps = {
  setting: ProviderSetting
  provider: LlmProvider
  /** Names of those that run on it now. */
  agents: readonly string[]
}

function ProviderCard({ setting, provider, agents }: ProviderCardProps) {
  const { configs } = provider
  return (
    <SectionCard
      id={provider.provider}
      title={<ProviderTitle label={provider.label} name={provider.provider} />}
      description={originWords(provider)}
      actions={
        provider.origin === 'ENVIRONMENT' ? <Badge tone="info">From the operator</Badge> : null
      }
      flush
    >
      {configs.length > 0 ? (
        <ul className="divide-y divide-subtle">
          {configs.map((config) => (
            <li key={config.id}>
              <ConfigRow
                setting={setting}
                config={config}
                agents={agents}
                isLast={configs.filter(({ enabled }) => enabled).length === 1}
                fromOperator={provider.fromOperator}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </SectionCard>
  )
}

/** The label, and the name that definitions and prices use. */
function ProviderTitle({ label, name }: { label: string; name: string }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      {label}
      {label === name ? null : (
        <Badge mono outline>
          {name}
        </Badge>
      )}
    </span>
  )
}
