'use client'

import dynamic from 'next/dynamic'
import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react'
import { whenIdle } from '@/components/ui/when-idle'

const NotificationSignal = dynamic(() =>
  import('./notification-signal').then((module) => module.NotificationSignal),
)

/** How many notices wait, as read at a moment of the server's clock (epoch ms). */
export interface UnreadFacts {
  count: number
  asOf: number
}

interface Unread {
  count: number
  /** Grows each time the server says that something has changed: lists that show notices read again. */
  changes: number
  /** Asks the server how many there are. */
  refresh: () => Promise<void>
  /** Shows so many fewer at once, before the server has answered. */
  seen: (count: number) => void
}

const UnreadContext = createContext<Unread | null>(null)

export type UnreadProviderProps = { tenant: string; facts: UnreadFacts; children: ReactNode }

/** One count for all that show it: the bells and the inbox. */
export function UnreadProvider({ tenant, facts, children }: UnreadProviderProps) {
  const [known, setKnown] = useState(facts)
  const [changes, setChanges] = useState(0)
  const [rested, setRested] = useState(false)
  const asking = useRef<'no' | 'yes' | 'again'>('no')
  // The page was rendered anew: its count is younger than what was counted here.
  if (facts.asOf > known.asOf) setKnown(facts)

  // The browser's rest is the external system: no page needs the signals to be complete.
  useEffect(() => whenIdle(() => setRested(true)), [])

  async function refresh() {
    if (asking.current !== 'no') {
      asking.current = 'again'
      return
    }
    do {
      asking.current = 'yes'
      const answer = await askUnread(tenant)
      if (answer) setKnown((before) => (answer.asOf > before.asOf ? answer : before))
    } while ((asking.current as string) === 'again')
    asking.current = 'no'
  }
  const unread = {
    count: known.count,
    changes,
    refresh,
    seen: (count: number) =>
      setKnown((before) => ({ ...before, count: Math.max(0, before.count - count) })),
  }
  return (
    <UnreadContext value={unread}>
      {children}
      {rested ? (
        <NotificationSignal
          tenant={tenant}
          count={known.count}
          onChange={() => {
            setChanges((before) => before + 1)
            void refresh()
          }}
        />
      ) : null}
    </UnreadContext>
  )
}

export function useUnread(): Unread {
  const unread = use(UnreadContext)
  if (!unread) throw new Error('useUnread needs an UnreadProvider above it.')
  return unread
}

/** Null where there was no answer: the next signal asks again. */
async function askUnread(tenant: string): Promise<UnreadFacts | null> {
  try {
    const answer = await fetch(`/${tenant}/notifications/unread`)
    return answer.ok ? ((await answer.json()) as UnreadFacts) : null
  } catch {
    return null
  }
}
