export const SIGNAL_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // no-transform and the nginx header: a proxy that compresses or buffers would hold the signals back.
  'cache-control': 'no-cache, no-store, no-transform',
  'x-accel-buffering': 'no',
}

const HEARTBEAT_MS = 15_000
/** Bursts become one signal: the reader loads whole pages anyway. */
const COALESCE_MS = 500

export interface SignalSource {
  /** Registers the listener; returns how to take it away. */
  subscribe: (listener: () => void) => () => void
  /** Asked at each heartbeat; false ends the stream. */
  stillAllowed: () => Promise<boolean>
  aborted: AbortSignal
}

/**
 * Server-sent events: `change` at each signal, a comment each 15 s, and `end` when the listener may no
 * longer listen. Takes its subscription and timers away however it ends.
 */
export function signalStream({ subscribe, stillAllowed, aborted }: SignalSource): ReadableStream {
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
          send('event: change\ndata:\n\n')
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
    },
    cancel: () => release(),
  })
}
