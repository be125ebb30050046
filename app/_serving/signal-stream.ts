export const SIGNAL_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // no-transform and the nginx header: a proxy that compresses or buffers would hold the signals back.
  'cache-control': 'no-cache, no-store, no-transform',
  'x-accel-buffering': 'no',
}

const CHANGE = 'event: change\ndata:\n\n'
const HEARTBEAT_MS = 15_000
/** Bursts become one signal: the reader loads whole pages anyway. */
const COALESCE_MS = 500

export interface SignalSource {
  /** Registers the listener; returns how to take it away. */
  subscribe: (listener: () => void) => () => void
  /** Asked once, after subscribing: whether a change came before, which the page does not show yet. */
  changedBefore: () => boolean
  /** Asked at each heartbeat; false ends the stream. */
  stillAllowed: () => Promise<boolean>
  aborted: AbortSignal
}

/**
 * Server-sent events: `change` at each signal, and at once where one was missed, a comment each 15 s, and
 * `end` when the listener may no longer listen. Takes its subscription and timers away however it ends.
 */
export function signalStream(source: SignalSource): ReadableStream {
  const { subscribe, changedBefore, stillAllowed, aborted } = source
  const encoder = new TextEncoder()
  let release: () => void = () => undefined
  return new ReadableStream({
    start(controller) {
      let coalescing: NodeJS.Timeout | null = null
      let open = true
      const send = (text: string) => {
        if (open) controller.enqueue(encoder.encode(text))
      }
      const unsubscribe = subscribe(() => {
        coalescing ??= setTimeout(() => {
          coalescing = null
          send(CHANGE)
        }, COALESCE_MS)
      })
      const heartbeat = setInterval(async () => {
        // A database that does not answer is no reason to end: the next heartbeat asks again.
        if (await stillAllowed().catch(() => true)) return send(': alive\n\n')
        send('event: end\ndata:\n\n')
        end()
      }, HEARTBEAT_MS)
      const end = () => {
        if (!open) return
        release()
        controller.close()
      }
      release = () => {
        open = false
        clearInterval(heartbeat)
        if (coalescing) clearTimeout(coalescing)
        unsubscribe()
        aborted.removeEventListener('abort', end)
      }
      aborted.addEventListener('abort', end)
      if (aborted.aborted) return end()
      send('retry: 3000\n\n')
      if (changedBefore()) send(CHANGE)
    },
    cancel: () => release(),
  })
}

/**
 * What `?since=` of a stream's address says: when the page was read that listens, in epoch ms. An address without
 * it asks for a signal at opening.
 */
export function pageReadAt(request: Request): number {
  const since = Number(new URL(request.url).searchParams.get('since') ?? 0)
  return Number.isFinite(since) ? since : 0
}
