import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { cn } from './class-names'

const badgeStyles = cva(
  'inline-flex h-5 w-fit shrink-0 items-center gap-1 whitespace-nowrap rounded-sm border px-1.5 font-medium text-xs tabular-nums [&_svg]:size-3 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        neutral: 'border-neutral-line bg-neutral-soft text-neutral-text',
        accent: 'border-accent-line bg-accent-soft text-accent-text',
        danger: 'border-danger-line bg-danger-soft text-danger-text',
        warning: 'border-warning-line bg-warning-soft text-warning-text',
        success: 'border-success-line bg-success-soft text-success-text',
        info: 'border-info-line bg-info-soft text-info-text',
      },
      outline: { true: 'border-strong bg-transparent', false: '' },
      mono: { true: 'font-mono font-normal', false: '' },
    },
    defaultVariants: { tone: 'neutral', outline: false, mono: false },
  },
)

export type Tone = NonNullable<VariantProps<typeof badgeStyles>['tone']>

export type BadgeProps = ComponentProps<'span'> & {
  tone?: Tone | undefined
  outline?: boolean | undefined
  mono?: boolean | undefined
}

export function Badge({ tone, outline, mono, className, ...props }: BadgeProps) {
  return <span {...props} className={cn(badgeStyles({ tone, outline, mono }), className)} />
}
