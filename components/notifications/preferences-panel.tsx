'use client'

import { useSearchParams } from 'next/navigation'
import { Callout } from '@/components/ui/callout'
import type { Preferences } from '@/lib/notifications/preferences'
import { DailyCard } from './daily-card'
import { PreferenceGroup } from './preference-group'
import { TestCard } from './test-card'

export type PreferencesPanelProps = {
  tenant: string
  now: number
  /** Where tests go. */
  email: string
  /** Whether this installation can send any. */
  emailAvailable: boolean
  preferences: Preferences
}

/** What the person is told and how; each change is saved at once. */
export function PreferencesPanel({
  tenant,
  now,
  email,
  emailAvailable,
  preferences,
}: PreferencesPanelProps) {
  /** The row that the delivery log led to. */
  const highlighted = useSearchParams().get('kind')
  const { kinds, timeZone, digestHour } = preferences
  const groups = [...new Set(kinds.map(({ group }) => group))].map((title) => {
    const members = kinds.filter(({ group }) => group === title)
    return { title, kinds: members, isFixed: members.every(({ locked }) => locked !== null) }
  })
  return (
    <div className="flex max-w-form flex-col gap-6">
      {emailAvailable ? null : (
        <Callout tone="warning" title="This installation sends no e-mail">
          Notifications reach you in the app only. What you choose for e-mail counts as soon as
          whoever runs the installation has set a mail server up.
        </Callout>
      )}
      {groups
        // What there is to choose comes before what there is to know.
        .sort((one, other) => Number(one.isFixed) - Number(other.isFixed))
        .map((group) => (
          <PreferenceGroup
            key={group.title}
            tenant={tenant}
            title={group.title}
            kinds={group.kinds}
            highlighted={highlighted}
          />
        ))}
      <DailyCard tenant={tenant} now={now} timeZone={timeZone} digestHour={digestHour} />
      <TestCard tenant={tenant} email={email} emailAvailable={emailAvailable} />
    </div>
  )
}
