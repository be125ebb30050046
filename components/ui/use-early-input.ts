'use client'

import { type RefObject, useLayoutEffect } from 'react'

/**
 * Takes over what was typed or filled in between the server's page and React's start on it: React keeps
 * such a value on the screen, yet never tells its owner.
 * @param onEarlyInput called once at most, with the control
 */
export function useEarlyInput<Control extends HTMLInputElement | HTMLTextAreaElement>(
  control: RefObject<Control | null>,
  value: unknown,
  onEarlyInput: ((control: Control) => void) | undefined,
): void {
  // What happened before React is the external system: there is nothing to do again later. In the layout
  // phase, because the buttons come alive with the same commit: a press must not find the form empty.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the first values count
  useLayoutEffect(() => {
    const { current } = control
    if (!current || typeof value !== 'string' || current.value === value) return
    onEarlyInput?.(current)
  }, [])
}
