'use client'

import dynamic from 'next/dynamic'
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import { whenIdle } from '@/components/ui/when-idle'
import { type UnreadFacts, UnreadStore } from './unread-store'

// `ssr: false`, because the page must not wait for it (components/ui/toaster.tsx).
const NotificationSignal = dynamic(
  () => import('./notification-signal').then((module) => module.NotificationSignal),
  { ssr: false },
)

const UnreadContext = createContext<UnreadStore | null>(null)

export type UnreadProviderProps = { tenant: string; facts: UnreadFacts; children: ReactNode }

/**
 * The context is a store and never changes: a context that changes while the page below is not hydrated yet
 * makes React build that page anew, and what somebody had begun to type in it would be gone.
 */
export function UnreadProvider({ tenant, facts, children }: UnreadProviderProps) {
  const [store] = useState(() => new UnreadStore(tenant, facts))
  // The server is the external system: where it rendered the page anew, its count is the younger one.
  useEffect(() => store.adopt(facts), [store, facts])
  return (
    <UnreadContext value={store}>
      {children}
      <Signal tenant={tenant} store={store} since={facts.asOf} />
    </UnreadContext>
  )
}

type SignalProps = { tenant: string; store: UnreadStore; since: number }

function Signal({ tenant, store, since }: SignalProps) {
  const { count } = useSyncExternalStore(store.subscribe, store.read, store.readServed)
  const [rested, setRested] = useState(false)
  // The browser's rest is the external system: no page needs the signals to be complete.
  useEffect(() => whenIdle(() => setRested(true)), [])
  return rested ? (
    <NotificationSignal tenant={tenant} since={since} count={count} onChange={store.changed} />
  ) : null
}

export function useUnread() {
  const store = use(UnreadContext)
  if (!store) throw new Error('useUnread needs an UnreadProvider above it.')
  const unread = useSyncExternalStore(store.subscribe, store.read, store.readServed)
  return { ...unread, refresh: store.refresh, seen: store.seen }
}
