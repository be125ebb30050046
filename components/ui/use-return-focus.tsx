'use client'

import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Who gets the focus back, the best first: the next one is for where those before it are gone. */
type Openers = readonly HTMLElement[]

/** Of the overlays that are mounted, the newest last. */
const mounted: RefObject<Openers>[] = []

/** Of what left the page while nothing has had the focus since: the overlay in its place takes them over. */
let leftBehind: Openers = []

/**
 * Radix gives the focus back to an overlay's own trigger only; an overlay opened by state has none, and
 * one that took the place of another was opened by what had opened that. Where the focus came from is
 * read when the overlay's content is mounted, before a field of it can take the focus: put `opener`
 * first into the content, and give the content the handler.
 */
export function useReturnFocus() {
  const openers = useRef<Openers>([])
  return {
    opener: <Opener openers={openers} />,
    onCloseAutoFocus(event: Event) {
      const target = openers.current.find((element) => element.isConnected)
      if (target === undefined) return
      event.preventDefault()
      const above = overlayBefore(target)
      if (above === undefined) target.focus()
      // Another overlay took over. It has the focus, if it has not lost it with what was in this one.
      else if (focusedElement() === null) above.focus()
    },
  }
}

function Opener({ openers }: { openers: RefObject<Openers> }) {
  useLayoutEffect(() => {
    const focused = focusedElement()
    const below = mounted.at(-1)?.current ?? []
    openers.current = focused === null ? [...leftBehind, ...below] : [focused, ...below]
    mounted.push(openers)
    return () => {
      mounted.splice(mounted.indexOf(openers), 1)
      leave(openers.current)
    }
  }, [openers])
  return null
}

/**
 * For the content of a menu. Its trigger has the focus again only a moment after the menu has gone, and
 * what an item opened may be there before that.
 */
export function leaveMenu(menu: HTMLElement | null) {
  return () => {
    const trigger = menu && triggerOf(menu)
    if (trigger) leave([trigger])
  }
}

function leave(openers: Openers) {
  leftBehind = openers
  document.addEventListener('focusin', forget, { capture: true, once: true })
}

function forget() {
  leftBehind = []
}

/** The button that opened the menu in place of a menu's item, which is gone by the time it is asked for. */
function focusedElement(): HTMLElement | null {
  const focused = document.activeElement
  const menu = focused?.closest<HTMLElement>('[role=menu]')
  const element = menu ? triggerOf(menu) : focused
  return element instanceof HTMLElement && element !== document.body ? element : null
}

function triggerOf(menu: HTMLElement): HTMLElement | null {
  return document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
}

/** The overlay that keeps the focus from this element. */
function overlayBefore(element: HTMLElement): HTMLElement | undefined {
  const open = [...document.querySelectorAll<HTMLElement>('[role$=dialog][data-state=open]')]
  return open.some((overlay) => overlay.contains(element)) ? undefined : open.at(-1)
}
