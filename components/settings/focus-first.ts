/** Fields in the order of the form; each is held by the element `<base>-<field>`. */
const ORDER = ['name', 'expiry', 'scopes'] as const
export type TokenField = (typeof ORDER)[number]

/** Focuses the first field that has a problem, and brings it into sight. */
export function focusFirst(baseId: string, problems: Partial<Record<TokenField, unknown>>): void {
  const field = ORDER.find((candidate) => problems[candidate])
  const holder = field ? document.getElementById(`${baseId}-${field}`) : null
  // A group of controls takes the focus itself and reads out its error; else the control inside does.
  const control =
    holder?.tabIndex === -1 && holder.hasAttribute('tabindex')
      ? holder
      : holder?.querySelector<HTMLElement>('input, select')
  control?.focus()
}
