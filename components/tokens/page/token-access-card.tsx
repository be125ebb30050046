import { TriangleAlert } from 'lucide-react'
import { SectionCard } from '@/components/settings/section-card'
import { accessWords } from '@/components/tokens/access-words'
import { Badge } from '@/components/ui/badge'
import { Callout } from '@/components/ui/callout'
import { cn } from '@/components/ui/class-names'
import { presetOf } from '@/lib/access/presets'
import { type Scope, scopeFact } from '@/lib/access/scopes'
import { isUsable } from '@/lib/tokens/model'
import type { TokenDetail } from '@/lib/tokens/queries'
import { reviewSentence } from '@/lib/tokens/review-sentence'

/** What it may do now, against what it was granted; and why some of it is cut. */
export function TokenAccessCard({ token }: { token: TokenDetail }) {
  const effective = new Set(token.effectiveScopes)
  const cut = token.scopes.filter((scope) => !effective.has(scope))
  const usable = isUsable(token.state)
  const preset = presetOf(token.scopes)
  return (
    <SectionCard
      title="Access"
      description={
        usable
          ? reviewSentence({
              scopes: token.effectiveScopes,
              expiresAt: token.effectiveExpiresAt,
            })
          : 'It can do nothing now: its secret is refused.'
      }
      actions={<Badge>{accessWords({ scopes: token.scopes, preset })}</Badge>}
    >
      <div className="flex flex-col gap-4">
        {cut.length > 0 ? (
          <Callout
            tone="warning"
            title={`${cut.length} of ${token.scopes.length} granted scopes have no effect`}
          >
            {token.owner.type === 'user'
              ? `${token.owner.label}’s role no longer includes them. They come back if the role does.`
              : `The service account ${token.owner.label} was not granted them.`}
          </Callout>
        ) : null}
        <ul className="flex flex-wrap gap-1.5">
          {token.scopes.map((scope) => (
            <ScopeChip key={scope} scope={scope} cut={!effective.has(scope)} />
          ))}
        </ul>
      </div>
    </SectionCard>
  )
}

function ScopeChip({ scope, cut }: { scope: Scope; cut: boolean }) {
  const fact = scopeFact(scope)
  return (
    <li>
      <Badge
        mono
        tone="neutral"
        outline={cut}
        title={`Can ${fact.phrase}${cut ? ' (no effect now)' : ''}`}
        className={cn(cut && 'text-faint line-through')}
      >
        {fact.risk === 'high' ? <TriangleAlert aria-hidden className="text-warning-text" /> : null}
        {scope}
        {cut ? <span className="sr-only"> (no effect now)</span> : null}
        {fact.risk === 'high' ? <span className="sr-only"> (high risk)</span> : null}
      </Badge>
    </li>
  )
}
