/** What every text-like form control shares: edge, height, states. */
export const controlStyles = [
  'control-text h-8 w-full min-w-0 rounded-md border border-control bg-surface px-2.5 text-ink shadow-control touch:h-11 touch:px-3',
  'focus-visible:border-focus focus-visible:-outline-offset-1',
  'aria-invalid:border-danger aria-invalid:focus-visible:outline-danger',
  '[&[readonly]]:bg-inset disabled:cursor-not-allowed disabled:bg-inset disabled:text-muted disabled:shadow-none',
].join(' ')
