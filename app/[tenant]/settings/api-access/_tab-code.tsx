'use client'

import dynamic from 'next/dynamic'

/** What each tab shows, in a file of its own for the browser: one tab does not load another's code. */

export const PersonalTokens = dynamic(() =>
  import('@/components/tokens/list/personal-tokens').then((module) => module.PersonalTokens),
)

export const AccountsPanel = dynamic(() =>
  import('@/components/service-accounts/accounts-panel').then((module) => module.AccountsPanel),
)

export const PolicyForm = dynamic(() =>
  import('@/components/policy/policy-form').then((module) => module.PolicyForm),
)

export const LeaksPanel = dynamic(() =>
  import('@/components/leaks/leaks-panel').then((module) => module.LeaksPanel),
)
