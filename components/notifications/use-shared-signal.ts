'use client'

import { useEffect, useEffectEvent } from 'react'

const SHARED_NAME = 'fruxon-notifications'
/** Where the tabs of a browser cannot share a stream. */
const POLL_MS = 60_000
/** After an answer that browsers do not retry by themselves, such as a 502 during a restart. */
const REOPEN_MS = 20_000

/**
 * Calls `onChange` when the server says that something has changed (at the stream's opening too, where it changed
 * after what the address gives as `since`), and when the page comes into sight
 * again. A stream and not a question each minute, because a notice such as "your token was revoked" is
 * worth most at once, and costs the server nothing while there is none. One stream a browser and not one
 * a tab: over HTTP/1.1 a browser opens six connections a host, and a stream holds one of them. The tab in
 * sight that has the lock listens and tells the others. Where there are no locks (plain http that is not
 * localhost) it asks each minute instead.
 */
export function useSharedSignal(url: string, onChange: () => void): void {
  const changed = useEffectEvent(onChange)

  // The stream, the other tabs and the tab's visibility are the external systems.
  useEffect(() => {
    const tabs = new BroadcastChannel(SHARED_NAME)
    tabs.onmessage = () => {
      if (document.visibilityState === 'visible') changed()
    }
    const listen = 'locks' in navigator ? () => listenInTurn(url, tell) : () => poll(changed)
    let stop: (() => void) | null = null
    function tell() {
      changed()
      tabs.postMessage('changed')
    }
    function followVisibility() {
      if (document.visibilityState === 'hidden') {
        stop?.()
        stop = null
      } else if (stop === null) {
        stop = listen()
        changed()
      }
    }
    stop = document.visibilityState === 'visible' ? listen() : null
    document.addEventListener('visibilitychange', followVisibility)
    return () => {
      document.removeEventListener('visibilitychange', followVisibility)
      stop?.()
      tabs.close()
    }
  }, [url])
}

function poll(changed: () => void): () => void {
  const timer = setInterval(changed, POLL_MS)
  return () => clearInterval(timer)
}

/** Waits for its turn, then holds the one stream of the browser until it is stopped. */
function listenInTurn(url: string, tell: () => void): () => void {
  const stopping = new AbortController()
  const { signal } = stopping
  const turn = navigator.locks.request(
    SHARED_NAME,
    { signal },
    () => new Promise<void>((ended) => holdStream({ url, tell, signal, ended })),
  )
  // Stopped while it still waited for its turn.
  turn.catch(() => undefined)
  return () => stopping.abort()
}

interface HeldStream {
  url: string
  tell: () => void
  signal: AbortSignal
  /** Gives the turn to another tab. */
  ended: () => void
}

function holdStream({ url, tell, signal, ended }: HeldStream): void {
  let source: EventSource
  let reopening: ReturnType<typeof setTimeout> | undefined
  function open() {
    source = new EventSource(url)
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS)
    }
    source.addEventListener('change', tell)
    source.addEventListener('end', stop)
  }
  function stop() {
    source.close()
    clearTimeout(reopening)
    ended()
  }
  signal.addEventListener('abort', stop, { once: true })
  open()
}
