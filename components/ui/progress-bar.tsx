import { cn } from './class-names'

const fillClass = {
  accent: 'fill-accent',
  success: 'fill-success',
  warning: 'fill-warning',
  danger: 'fill-danger',
  neutral: 'fill-neutral',
}

export type ProgressBarProps = {
  value: number
  /** What counts as full; a value beyond it shrinks the scale so that the 100% mark shows. */
  max?: number | undefined
  label: string
  /** Spoken in place of the bare percentage: "812 of 1,000 runs". */
  valueText?: string | undefined
  tone?: keyof typeof fillClass | undefined
  /** Ticks, as percentages of `max`. */
  marks?: readonly number[] | undefined
  className?: string | undefined
}

/** Drawn as SVG: widths are attributes, so a strict style-src policy does not blank it. */
export function ProgressBar({
  value,
  max = 100,
  label,
  valueText,
  tone = 'accent',
  marks = [],
  className,
}: ProgressBarProps) {
  const scale = Math.max(value, max, Number.EPSILON)
  const filled = (Math.max(value, 0) / scale) * 100
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      aria-valuetext={valueText}
      className={cn('h-2 w-full overflow-hidden rounded-full bg-neutral-soft', className)}
    >
      <svg aria-hidden className="block size-full">
        <rect width={`${filled}%`} height="100%" rx="4" className={fillClass[tone]} />
        {marks.map((mark) => (
          <rect
            key={mark}
            x={`${(mark * max) / scale}%`}
            width="2"
            height="100%"
            className="-translate-x-0.5 fill-surface"
          />
        ))}
      </svg>
    </div>
  )
}
