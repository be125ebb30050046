'use client'

import { SectionCard } from '@/components/settings/section-card'
import type { KindPreference, Preferences } from '@/lib/notifications/preferences'
import { LockedRow } from './locked-row'
import { PreferenceRow } from './preference-row'
import { ROW_COLUMNS } from './row-frame'

export type PreferenceGroupProps = {
  tenant: string
  title: Preferences['kinds'][number]['group']
  kinds: readonly KindPreference[]
  highlighted: string | null
}

const DESCRIPTIONS: Record<PreferenceGroupProps['title'], string> = {
  Security: 'What somebody else could be doing in your name. Always on, in the app and by e-mail.',
  'Your tokens': 'Tokens that you own, and as an admin those of service accounts.',
  Agents:
    'What happens to agents that you work on, and what you have asked of them. Which alerts reach you is set on each agent, under Collaborators.',
  'Usage and budgets':
    'What is spent. Who it concerns is told: admins and finance, the owner of a token, and collaborators of an agent.',
  Billing:
    'Invoices, payments and the subscription. Admins and finance are told; invoices themselves go to the billing addresses.',
  Integrations: 'What other systems send to the organization. Admins are told.',
  'Team and organization': 'What happens between you and your organizations.',
}

/** Event by channel: a row for each kind. */
export function PreferenceGroup({ tenant, title, kinds, highlighted }: PreferenceGroupProps) {
  return (
    <SectionCard title={title} description={DESCRIPTIONS[title]} flush>
      <div
        aria-hidden
        className={`${ROW_COLUMNS} border-subtle border-b bg-canvas px-5 py-2 font-medium text-muted text-xs max-sm:hidden`}
      >
        <span>Event</span>
        <span>In app</span>
        <span>E-mail</span>
      </div>
      <ul className="divide-y divide-subtle">
        {kinds.map((kind) =>
          kind.locked === null ? (
            <PreferenceRow
              key={kind.kind}
              tenant={tenant}
              preference={kind}
              highlighted={kind.kind === highlighted}
            />
          ) : (
            <LockedRow
              key={kind.kind}
              preference={kind}
              reason={kind.locked}
              highlighted={kind.kind === highlighted}
            />
          ),
        )}
      </ul>
    </SectionCard>
  )
}
