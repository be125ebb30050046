'use client'

import { useEffect, useState } from 'react'
import { checkAddress } from '@/app/[tenant]/settings/general/actions'
import { attempt } from '@/components/settings/action-outcome'

const PAUSE_MS = 350

export type Availability = 'checking' | 'available' | 'yours' | 'taken' | { problem: string }

/** How an address stands, asked for when typing pauses. Null: not asked, or no answer came. */
export function useAvailability(tenant: string, slug: string, ask: boolean): Availability | null {
  const [answer, setAnswer] = useState<{ slug: string; says: Availability | null } | null>(null)
  // The server is the external system.
  useEffect(() => {
    if (!ask) return
    let current = true
    const pause = setTimeout(async () => {
      const outcome = await attempt(() => checkAddress(tenant, { slug }))
      if (current) setAnswer({ slug, says: outcome.ok ? outcome.data : null })
    }, PAUSE_MS)
    return () => {
      current = false
      clearTimeout(pause)
    }
  }, [tenant, slug, ask])
  if (!ask) return null
  // The answer to another question is none.
  return answer?.slug === slug ? answer.says : 'checking'
}
