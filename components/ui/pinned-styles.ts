/**
 * For the last column of tables that are wider than a phone: what one can do to a row stays in sight while the rest
 * is scrolled. The plane below it is the cell's own.
 */
export const pinnedStyles =
  'max-md:sticky max-md:right-0 max-md:z-2 max-md:px-1 max-md:last:pr-1 max-md:shadow-[inset_1px_0_0_var(--color-subtle)]'
