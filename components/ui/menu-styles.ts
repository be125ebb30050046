/** The floating panel of selects, menus and filters. */
export const menuPanelStyles =
  'z-50 min-w-40 overflow-y-auto overflow-x-hidden rounded-lg border border-strong bg-raised p-1 text-ink shadow-overlay outline-none data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in'

/** One row in it: tinted under the pointer, tinted and ringed when reached by key. */
export const menuItemStyles =
  'relative flex min-h-7 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 text-sm focus-inset data-[disabled]:pointer-events-none data-[highlighted]:bg-pressed data-[disabled]:opacity-50 touch:min-h-11 [&_svg:not([class*=size-])]:size-4 [&_svg]:shrink-0'

export const menuLabelStyles = 'px-2 pt-2 pb-1 font-medium text-faint text-xs'
export const menuSeparatorStyles = '-mx-1 my-1 h-px bg-subtle'
