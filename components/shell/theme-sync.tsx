'use client'

import { useEffect } from 'react'
import { showTheme, type ThemeChoice } from '@/components/shell/theme'

/**
 * Keeps <html> in step with the choice. Its attributes are rewritten whenever the server renders the
 * root anew, and pages that the browser renders by itself (errors) never run the script in the head.
 */
export function ThemeSync({ choice }: { choice: ThemeChoice }) {
  // The external system is the <html> element.
  useEffect(() => showTheme(choice))
  return null
}
