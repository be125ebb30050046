import { cn } from './class-names'

export type SpinnerProps = {
  /** Spoken when the spinner stands alone; leave out beside visible text. */
  label?: string | undefined
  className?: string | undefined
}

export function Spinner({ label, className }: SpinnerProps) {
  return (
    <span role={label ? 'status' : undefined} className={cn('inline-flex size-4', className)}>
      <svg aria-hidden viewBox="0 0 16 16" fill="none" className="size-full animate-spin">
        <circle cx="8" cy="8" r="6" stroke="currentColor" strokeOpacity="0.25" strokeWidth="2" />
        <path d="M14 8a6 6 0 0 0-6-6" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      {label ? <span className="sr-only">{label}</span> : null}
    </span>
  )
}
