import { SectionCard } from '@/components/settings/section-card'
import { Badge } from '@/components/ui/badge'
import { Table, TBody, Td, THead, Tr } from '@/components/ui/table'
import { Th } from '@/components/ui/table-heading'
import { RESOURCES, type Resource, type Scope, scopeFact } from '@/lib/access/scopes'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import { powersInWords } from '@/lib/tokens/review-sentence'
import { powerOfTokens, type TokenPower } from './grant-effects'

/** What the account may do, and what of their scopes its tokens can really use. */
export function AccountAccess({ account }: { account: ServiceAccountDetail }) {
  const powers = powerOfTokens(account.tokens, account.scopes)
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <SectionCard
        title="Grant"
        description="The most that any token of this account can do, checked at every request."
      >
        <p className="mb-4 text-ink text-sm">
          {account.name} can {powersInWords(account.scopes)}.
        </p>
        <ul className="flex flex-col divide-y divide-subtle">
          {byResource(account.scopes).map(([resource, scopes]) => (
            <li key={resource} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 text-sm">
              <span className="w-full text-muted sm:w-40">{RESOURCES[resource].label}</span>
              <ScopeChips scopes={scopes} />
            </li>
          ))}
        </ul>
      </SectionCard>
      <SectionCard
        title="Granted versus effective"
        description="A token can do what it was granted and the account still is."
        flush
      >
        <PowerTable powers={powers} />
      </SectionCard>
    </div>
  )
}

function PowerTable({ powers }: { powers: readonly TokenPower[] }) {
  if (powers.length === 0) {
    return <p className="px-5 py-4 text-muted text-sm">There is no live token.</p>
  }
  return (
    <Table label="Granted versus effective scopes" framed={false}>
      <THead>
        <tr>
          <Th>Token</Th>
          <Th align="right">Granted</Th>
          <Th align="right">Effective</Th>
          <Th>Withheld by the account</Th>
        </tr>
      </THead>
      <TBody>
        {powers.map(({ token, effective, withheld }) => (
          <Tr key={token.id}>
            <Td className="font-medium">{token.name}</Td>
            <Td align="right">{token.scopes.length}</Td>
            <Td align="right">{effective.length}</Td>
            <Td>
              {withheld.length === 0 ? (
                <span className="text-muted">Nothing</span>
              ) : (
                <ScopeChips scopes={withheld} tone="warning" />
              )}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  )
}

type ScopeChipsProps = { scopes: readonly Scope[]; tone?: 'neutral' | 'warning' }

function ScopeChips({ scopes, tone = 'neutral' }: ScopeChipsProps) {
  return (
    <ul className="flex flex-wrap gap-1.5">
      {scopes.map((scope) => (
        <li key={scope} title={scopeFact(scope).phrase}>
          <Badge mono tone={tone}>
            {scope}
          </Badge>
        </li>
      ))}
    </ul>
  )
}

function byResource(scopes: readonly Scope[]): [Resource, Scope[]][] {
  const groups = new Map<Resource, Scope[]>()
  for (const scope of scopes) {
    const { resource } = scopeFact(scope)
    groups.set(resource, [...(groups.get(resource) ?? []), scope])
  }
  return [...groups]
}
