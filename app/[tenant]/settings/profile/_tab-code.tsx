'use client'

import dynamic from 'next/dynamic'

/** What each tab shows, in a file of its own for the browser: one tab does not load another's code. */

export const ProfilePanel = dynamic(() =>
  import('@/components/profile/profile-panel').then((module) => module.ProfilePanel),
)

export const PreferencesPanel = dynamic(() =>
  import('@/components/notifications/preferences-panel').then((module) => module.PreferencesPanel),
)

export const SecurityPanel = dynamic(() =>
  import('@/components/security/security-panel').then((module) => module.SecurityPanel),
)
