/**
 * For a control whose click needs more code: fetches it while the pointer or the focus is on the
 * control, so that what it opens is there at once.
 */
export function preloadOnIntent(load: () => Promise<unknown>) {
  // The click loads again, and is where a failure shows.
  const preload = () => void load().catch(() => undefined)
  return { onPointerEnter: preload, onFocus: preload }
}
