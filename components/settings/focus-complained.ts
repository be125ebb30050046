import type { ActionProblem } from '@/components/settings/action-outcome'

/**
 * Focuses the first field of the form that is complained about: first as it is read, not in the order in which
 * the server checked. Fields are named as the pointers name them.
 */
export function focusComplained(
  form: HTMLFormElement | null,
  { errors }: Pick<ActionProblem, 'errors'>,
): void {
  const names = new Set(errors.map(({ pointer }) => pointer.slice(1)))
  for (const element of form?.elements ?? []) {
    if (!isField(element) || !names.has(element.name) || element.disabled) continue
    element.focus()
    return
  }
}

function isField(
  element: Element,
): element is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  if (element instanceof HTMLInputElement) return element.type !== 'hidden'
  return element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement
}
