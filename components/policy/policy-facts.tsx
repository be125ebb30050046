import { SectionCard } from '@/components/settings/section-card'
import { Callout } from '@/components/ui/callout'
import { DescriptionList } from '@/components/ui/description-list'
import type { TokenPolicy } from '@/lib/context'
import { lifetimeWords, POLICY_RULES } from './policy-words'

export type PolicyFactsProps = { policy: TokenPolicy; roleLabel: string }

/** The policy for those who live under it but may not change it. */
export function PolicyFacts({ policy, roleLabel }: PolicyFactsProps) {
  const { expiryRequired, bearerMinting } = POLICY_RULES
  return (
    <div className="flex max-w-form flex-col gap-6">
      <Callout title="Only admins change the policy">
        You are signed in as {roleLabel}. These are the rules that your tokens follow.
      </Callout>
      <SectionCard title="Token policy">
        <DescriptionList
          items={[
            { term: 'Maximum token life', detail: lifetimeWords(policy.maxLifetimeDays) },
            {
              term: expiryRequired.title,
              detail: policy.expiryRequired
                ? expiryRequired.meaning.on
                : expiryRequired.meaning.off,
            },
            {
              term: bearerMinting.title,
              detail: policy.bearerMinting ? bearerMinting.meaning.on : bearerMinting.meaning.off,
            },
          ]}
        />
      </SectionCard>
    </div>
  )
}
