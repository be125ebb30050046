'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { cn } from './class-names'

export type ScrollRegionProps = {
  label: string
  children: ReactNode
  className?: string | undefined
}

/**
 * Scrolls sideways and, only while there is something to scroll to, can be focused to do so by
 * keyboard. Positioned, because visually hidden text inside would escape the clipping otherwise and
 * widen the page.
 */
export function ScrollRegion({ label, children, className }: ScrollRegionProps) {
  const box = useRef<HTMLElement>(null)
  const [overflows, setOverflows] = useState(true)
  // Layout is the external system: only the browser knows whether the content fits.
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setOverflows(element.scrollWidth > element.clientWidth + 1),
    )
    observer.observe(element)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [])
  return (
    <section
      ref={box}
      aria-label={label}
      tabIndex={overflows ? 0 : undefined}
      className={cn('focus-inset relative overflow-x-auto overscroll-x-contain', className)}
    >
      {children}
    </section>
  )
}
