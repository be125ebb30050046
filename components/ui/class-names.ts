import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

// tailwind-merge must know our own shadow names, or it takes them for colours and keeps both.
const merge = extendTailwindMerge({
  extend: { theme: { shadow: ['control', 'card', 'overlay', 'dialog'] } },
})

/** Joins class names; of two that set the same property the later one stays. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes))
}
