import type { KeyboardEvent } from 'react'

/** The links of a list, one of which the arrow keys leave for the next. */
export const LIST_LINK = 'data-list-link'

/** Moves the focus between the links of a list with the arrow keys, Home and End. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>(`[${LIST_LINK}]`)]
  const row = links.findIndex((link) => link.closest('li')?.contains(document.activeElement))
  const next = targetOf(event.key, row, links.length)
  if (next === null || row === -1) return
  event.preventDefault()
  links[next]?.focus()
}

function targetOf(key: string, row: number, length: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(row + 1, length - 1)
    case 'ArrowUp':
      return Math.max(row - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return length - 1
    default:
      return null
  }
}
