'use client'

import {
  cloneElement,
  lazy,
  type ReactElement,
  type ReactNode,
  type Ref,
  Suspense,
  startTransition,
  useEffect,
  useRef,
  useState,
} from 'react'
import { whenIdle } from './when-idle'

const load = () => import('./tooltip-bubble')
const TooltipBubble = lazy(async () => ({ default: (await load()).TooltipBubble }))

export type TooltipProps = {
  content: ReactNode
  /** One focusable element, named without the tooltip. */
  children: ReactElement<{ ref?: Ref<HTMLElement> }>
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
}

/** Comes to its element once the page is at rest: a tooltip explains, and positioning one is heavy. */
export function Tooltip(props: TooltipProps) {
  const [ready, setReady] = useState(false)
  const element = useRef<HTMLElement>(null)
  // The browser's rest is the external system.
  useEffect(
    () =>
      whenIdle(() => {
        const show = () => startTransition(() => setReady(true))
        const showUnlessFocused = () => {
          // It is mounted anew inside the tooltip, which would lose the focus.
          if (element.current !== document.activeElement) show()
          else element.current?.addEventListener('blur', show, { once: true })
        }
        // Without its code the element merely has no tooltip.
        void load().then(showUnlessFocused, () => undefined)
      }),
    [],
  )
  return (
    <Suspense>
      {ready ? <TooltipBubble {...props} /> : cloneElement(props.children, { ref: element })}
    </Suspense>
  )
}
