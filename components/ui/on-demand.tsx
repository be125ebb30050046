'use client'

import {
  type ComponentProps,
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  Suspense,
  startTransition,
  useEffect,
  useRef,
  useState,
} from 'react'
import { notify } from './notify'
import { preloadOnIntent } from './preload'

export type OnDemandProps = {
  /** The closed control. */
  trigger: ReactElement<ComponentProps<'button'>>
  opens: 'menu' | 'dialog'
  /** Fetches the code of `children`. */
  load: () => Promise<unknown>
  /** In place of the trigger from the first press on: a lazy component that mounts open around it. */
  children: ReactNode
}

/**
 * A control whose menu or popover is fetched when somebody reaches for it, and mounted when it is first
 * opened. A page of closed menus carries none of their code.
 */
export function OnDemand({ trigger, opens, load, children }: OnDemandProps) {
  const [wanted, setWanted] = useState(false)
  const byKeyboard = useRef(false)

  async function open() {
    try {
      await load()
    } catch {
      notify.error('It could not be opened', {
        description: 'The server could not be reached. Try again.',
      })
      return
    }
    // As a transition: the trigger stays, with its focus, until what replaces it is there.
    startTransition(() => setWanted(true))
  }
  function press(event: MouseEvent) {
    // Browsers count no clicks where a key made the click.
    byKeyboard.current = event.detail === 0
    void open()
  }
  function pressArrow(event: KeyboardEvent) {
    if (opens !== 'menu' || event.key !== 'ArrowDown') return
    event.preventDefault()
    byKeyboard.current = true
    void open()
  }

  // Closed, it is nothing but its trigger: a filtered list mounts dozens of them with every keystroke.
  if (!wanted) {
    return cloneElement(trigger, {
      'aria-haspopup': opens,
      'aria-expanded': false,
      onClick: press,
      onKeyDown: pressArrow,
      ...preloadOnIntent(load),
    })
  }
  return (
    <Suspense>
      {byKeyboard.current ? <FirstItemFocus /> : null}
      {children}
    </Suspense>
  )
}

/** Radix focuses the first item for keys that it saw pressed; this one came before it. */
function FirstItemFocus() {
  useEffect(() => {
    const frame = requestAnimationFrame(focusFirstItem)
    return () => cancelAnimationFrame(frame)
  }, [])
  return null
}

function focusFirstItem() {
  const focused = document.activeElement
  if (focused?.role !== 'menu') return
  focused.querySelector<HTMLElement>('[role^=menuitem]:not([data-disabled])')?.focus()
}
