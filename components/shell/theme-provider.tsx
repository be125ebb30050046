'use client'

import { createContext, type ReactNode, use, useState } from 'react'
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
  function choose(next: ThemeChoice) {
    rememberTheme(next)
    showTheme(next)
    setChoice(next)
  }
  return <ThemeContext value={{ choice, choose }}>{children}</ThemeContext>
}

export function useTheme() {
  const theme = use(ThemeContext)
  if (!theme) throw new Error('useTheme needs a ThemeProvider above it.')
  return theme
}
