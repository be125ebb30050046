'use client'

import { useState } from 'react'

/** True from the first opening on: mounted that late, an overlay still closes with its animation. */
export function useOnceOpen(open: boolean): boolean {
  const [opened, setOpened] = useState(open)
  if (open && !opened) setOpened(true)
  return opened || open
}
