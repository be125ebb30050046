import { Monitor, Moon, Sun } from 'lucide-react'
import type { ThemeChoice } from '@/components/shell/theme'

/** The three choices as menus show them. */
export const THEME_OPTIONS: readonly {
  value: ThemeChoice
  label: string
  icon: React.ReactNode
}[] = [
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
  { value: 'system', label: 'System', icon: <Monitor aria-hidden /> },
]
