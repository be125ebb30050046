'use client'

import dynamic from 'next/dynamic'

/** What each tab shows, in a file of its own for the browser: one tab does not load another's code. */

export const CorrectionsPanel = dynamic(() =>
  import('@/components/model-pricing/corrections-panel').then((module) => module.CorrectionsPanel),
)

export const WhatIfForm = dynamic(() =>
  import('@/components/model-pricing/what-if-form').then((module) => module.WhatIfForm),
)
