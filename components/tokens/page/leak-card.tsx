import { Link2, Link2Off } from 'lucide-react'
import { SectionCard } from '@/components/settings/section-card'
import { Badge, type Tone } from '@/components/ui/badge'
import type { Risk } from '@/lib/access/scopes'
import { isUsable } from '@/lib/tokens/model'
import type { TokenDetail } from '@/lib/tokens/queries'
import { isUrlCarriable, leakRisks, powersInWords } from '@/lib/tokens/review-sentence'

const RISK: Record<Risk, { label: string; tone: Tone }> = {
  high: { label: 'High', tone: 'danger' },
  medium: { label: 'Medium', tone: 'warning' },
  low: { label: 'Low', tone: 'neutral' },
}

/** Beyond it the harmless lines become one, so that the dangerous ones are seen. */
const LOW_LINES_MAX = 3

/** What somebody who found the secret could touch, the most dangerous first. */
export function LeakCard({ token }: { token: TokenDetail }) {
  const risks = leakRisks(token.effectiveScopes)
  const low = risks.filter((line) => line.risk === 'low')
  const lines = low.length > LOW_LINES_MAX ? risks.filter((line) => line.risk !== 'low') : risks
  const carriable = isUrlCarriable(token.scopes)
  return (
    <SectionCard
      title="What a leak could touch"
      description={
        isUsable(token.state)
          ? 'Whoever finds the secret can do this until you rotate or revoke it.'
          : 'The secret is refused: a leak touches nothing now. While it worked, it could do this.'
      }
    >
      <ul className="divide-y divide-subtle text-sm">
        {lines.map((line) => (
          <li key={line.resource} className="flex items-start gap-3 py-2 first:pt-0">
            <Badge tone={RISK[line.risk].tone} className="mt-px w-16 justify-center">
              {RISK[line.risk].label}
            </Badge>
            <span className="min-w-0">
              <span className="font-medium">{line.label}: </span>
              <span className="text-muted">{line.sentence}.</span>
            </span>
          </li>
        ))}
        {low.length > LOW_LINES_MAX ? (
          <li className="flex items-start gap-3 py-2 first:pt-0">
            <Badge className="mt-px w-16 justify-center">{RISK.low.label}</Badge>
            <span className="min-w-0 text-muted">
              <span className="font-medium text-ink">{low.length} resources: </span>
              {powersInWords(low.flatMap((line) => line.scopes))}.
            </span>
          </li>
        ) : null}
        {risks.length === 0 ? (
          <li className="pb-2 text-muted">None of its scopes works now.</li>
        ) : null}
        <li className="flex items-start gap-3 pt-3 text-muted">
          {carriable ? (
            <Link2 aria-hidden className="mt-0.5 size-4 shrink-0" />
          ) : (
            <Link2Off aria-hidden className="mt-0.5 size-4 shrink-0" />
          )}
          {carriable
            ? 'It can only deliver, so it may travel in the URL of a webhook. Rotate it if that URL is logged.'
            : 'Send it in the Authorization header only, never in a URL: addresses end up in logs.'}
        </li>
      </ul>
    </SectionCard>
  )
}
