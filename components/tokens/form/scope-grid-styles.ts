/** Resource, Read, Write, Special; on a phone the resource takes a line of its own. */
export const scopeGrid =
  'grid grid-cols-[4.5rem_4.5rem_minmax(0,1fr)] items-center gap-x-3 gap-y-2 sm:grid-cols-[minmax(0,1fr)_4rem_4rem_11.5rem]'

export const scopeGridLead = 'col-span-3 sm:col-span-1'
