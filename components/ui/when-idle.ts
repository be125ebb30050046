const SLOW_BROWSER_MS = 500

/**
 * Runs the work once the page has loaded and the browser is at rest: for code that every page may need
 * soon and none needs at first.
 * @returns calls it off
 */
export function whenIdle(work: () => void): () => void {
  const calledOff = new AbortController()
  const { signal } = calledOff
  const run = () => {
    if (!signal.aborted) work()
  }
  // Safari has no requestIdleCallback.
  const wait = () =>
    'requestIdleCallback' in window ? requestIdleCallback(run) : setTimeout(run, SLOW_BROWSER_MS)
  if (document.readyState === 'complete') wait()
  else window.addEventListener('load', wait, { once: true, signal })
  return () => calledOff.abort()
}
