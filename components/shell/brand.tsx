import { cn } from '@/components/ui/class-names'

/** The mark of app/icon.svg, in the colours of the theme. The name is expected as text beside it. */
export function BrandMark({ className }: { className?: string | undefined }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 32 32"
      fill="none"
      strokeWidth="3.25"
      strokeLinecap="round"
      className={cn('size-6 shrink-0', className)}
    >
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M10 24V11.5A3.5 3.5 0 0 1 13.5 8H23M10 16.5h8.5"
        className="stroke-accent-contrast"
      />
      <circle cx="21.5" cy="22.5" r="2.5" className="fill-warning" />
    </svg>
  )
}

export function Brand() {
  return (
    <span className="inline-flex items-center gap-2.5 font-semibold text-ink text-lg">
      <BrandMark />
      Fruxon
    </span>
  )
}
