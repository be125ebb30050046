'use client'

import { useRef, useState } from 'react'
import { saveNotificationPreference } from '@/app/[tenant]/settings/profile/notification-actions'
import { attempt } from '@/components/settings/action-outcome'
import type { KindPreference } from '@/lib/notifications/preferences'

type Choice = Pick<KindPreference, 'inApp' | 'email'>

export interface PreferenceSave {
  shown: Choice
  state: 'idle' | 'saving' | 'saved' | 'failed'
  failure: string | null
  change: (choice: Choice) => Promise<void>
}

/** Saves each change at once; where that fails, shows again what the server has. */
export function usePreferenceSave(tenant: string, preference: KindPreference): PreferenceSave {
  const { kind, inApp, email } = preference
  const [shown, setShown] = useState<Choice>({ inApp, email })
  const [state, setState] = useState<PreferenceSave['state']>('idle')
  const [failure, setFailure] = useState<string | null>(null)
  const stored = useRef(shown)
  const latest = useRef(0)

  async function change(choice: Choice) {
    const asked = ++latest.current
    setShown(choice)
    setState('saving')
    const answer = await attempt(() => saveNotificationPreference(tenant, { kind, ...choice }))
    if (answer.ok) stored.current = choice
    // A later change is on its way, and its answer is the one that counts.
    if (asked !== latest.current) return
    setShown(stored.current)
    setState(answer.ok ? 'saved' : 'failed')
    setFailure(answer.ok ? null : answer.problem.message)
  }
  return { shown, state, failure, change }
}
