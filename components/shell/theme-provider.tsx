'use client'

import { createContext, type ReactNode, use, useMemo, useState } from 'react'
import { rememberTheme, showTheme, type ThemeChoice } from '@/components/shell/theme'

const ThemeContext = createContext<{
  choice: ThemeChoice
  choose: (choice: ThemeChoice) => void
} | null>(null)

export function ThemeProvider({
  initial,
  children,
}: {
  initial: ThemeChoice
  children: ReactNode
}) {
  const [choice, setChoice] = useState(initial)
  // The same object for as long as it says the same: a context that changes while the page below is not
  // hydrated yet makes React build that page anew, without what somebody had begun to type in it.
  const theme = useMemo(() => {
    function choose(next: ThemeChoice) {
      rememberTheme(next)
      showTheme(next)
      setChoice(next)
    }
    return { choice, choose }
  }, [choice])
  return <ThemeContext value={theme}>{children}</ThemeContext>
}

export function useTheme() {
  const theme = use(ThemeContext)
  if (!theme) throw new Error('useTheme needs a ThemeProvider above it.')
  return theme
}
