'use client'

import { useEffect, useEffectEvent, useState } from 'react'

export type LiveStatus = 'connecting' | 'live' | 'polling' | 'ended'

export interface LiveStream {
  /** Null = none for now. */
  url: string | null
  /** When the page was read that listens, by the server's clock; epoch ms. */
  since: number
}

const POLL_MS = 5000
/** After an answer that browsers do not retry by themselves, such as a 502 during a restart. */
const REOPEN_MS = 20_000

/**
 * Listens to a stream of "something changed" signals while the page is in sight and calls `onSignal`. What came
 * after the page was read and before the stream was open, or while it was broken, the server says at opening.
 * Where the stream breaks it polls instead until the browser has reconnected; when the server says
 * that the session has ended it stops for good.
 */
export function useLiveSignal({ url, since }: LiveStream, onSignal: () => void): LiveStatus {
  // Kept: a page that was read anew must not open the stream anew.
  const [readAt] = useState(since)
  const [status, setStatus] = useState<LiveStatus>('connecting')
  const signal = useEffectEvent(onSignal)

  // The stream, the timer and the tab's visibility are the external systems.
  useEffect(() => {
    if (url === null) return
    let source: EventSource | null = null
    let poll: ReturnType<typeof setInterval> | null = null
    let reopen: ReturnType<typeof setTimeout> | undefined
    let ended = false

    function stopPolling() {
      if (poll !== null) clearInterval(poll)
      poll = null
    }
    function close() {
      source?.close()
      source = null
      clearTimeout(reopen)
      stopPolling()
    }
    function open(address: string) {
      const opened = new EventSource(address)
      source = opened
      source.onopen = () => {
        stopPolling()
        setStatus('live')
      }
      source.onerror = () => {
        setStatus('polling')
        poll ??= setInterval(signal, POLL_MS)
        if (opened.readyState === EventSource.CLOSED) {
          reopen = setTimeout(() => open(address), REOPEN_MS)
        }
      }
      source.addEventListener('change', () => signal())
      source.addEventListener('end', () => {
        ended = true
        close()
        setStatus('ended')
      })
    }
    function followVisibility() {
      if (ended) return
      // Browsers grant few connections a host: a tab out of sight must not hold one.
      if (document.visibilityState === 'hidden') close()
      else if (source === null) open(`${url}?since=${readAt}`)
    }
    followVisibility()
    document.addEventListener('visibilitychange', followVisibility)
    return () => {
      document.removeEventListener('visibilitychange', followVisibility)
      close()
    }
  }, [url, readAt])

  return status
}
