import type { ReactNode } from 'react'
import { cn } from './class-names'

/** A grey block of the size of what will come; size it with classes. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return (
    <span
      aria-hidden
      className={cn('block h-4 w-full animate-pulse rounded-sm bg-neutral-soft', className)}
    />
  )
}

export type SkeletonRegionProps = {
  label?: string | undefined
  children: ReactNode
  className?: string | undefined
}

/** Holds skeletons: says once that something loads, and appears late so fast loads do not flash. */
export function SkeletonRegion({ label = 'Loading', children, className }: SkeletonRegionProps) {
  return (
    <div role="status" className={cn('animate-appear-late scriptless:hidden', className)}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  )
}
