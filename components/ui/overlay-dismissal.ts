export type OverlayDismissal = {
  /** `false`: Escape and the backdrop do nothing and there is no close button. */
  dismissible?: boolean | undefined
  /**
   * Called for Escape, backdrop and close button in place of closing, so the owner can ask first
   * and then set `open` itself.
   */
  onRequestClose?: (() => void) | undefined
}

/** Radix handlers that keep an overlay's close rules in one place for dialogs and sheets. */
export function dismissalHandlers({ dismissible = true, onRequestClose }: OverlayDismissal) {
  function guard(event: Event) {
    if (!dismissible) event.preventDefault()
    else if (onRequestClose) {
      event.preventDefault()
      onRequestClose()
    }
  }
  return {
    onEscapeKeyDown: guard,
    onInteractOutside(event: Event) {
      // A toast lies outside the overlay, yet pressing its button is no wish to close.
      const target = event.target
      if (target instanceof Element && target.closest('[data-sonner-toaster]')) {
        event.preventDefault()
        return
      }
      // The focus is trapped: it leaves only for another overlay that opens above this one.
      if (event.type === 'dismissableLayer.focusOutside') event.preventDefault()
      else guard(event)
    },
  }
}
