import { cva, type VariantProps } from 'class-variance-authority'

export const buttonStyles = cva(
  [
    'relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-md',
    'whitespace-nowrap font-medium text-sm',
    'disabled:cursor-not-allowed aria-disabled:cursor-not-allowed',
    'disabled:opacity-50 aria-disabled:not-aria-busy:opacity-50',
    '[&_svg:not([class*=size-])]:size-4 [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        primary:
          'border border-transparent bg-accent text-accent-contrast shadow-control hover:bg-accent-hover',
        secondary:
          'border border-strong bg-surface text-ink shadow-control hover:bg-inset active:bg-neutral-soft dark:bg-raised dark:hover:bg-neutral-soft',
        ghost: 'text-muted hover:bg-hover hover:text-ink active:bg-pressed',
        danger:
          'border border-transparent bg-danger text-danger-contrast shadow-control hover:bg-danger-hover',
        'danger-outline':
          'border border-danger-line bg-surface text-danger-text shadow-control hover:bg-danger-soft',
        link: 'text-accent-text underline-offset-4 hover:underline',
      },
      size: {
        sm: 'touch-target h-7 px-2.5 touch:h-9 touch:px-3',
        md: 'h-8 px-3 touch:h-11 touch:px-4 touch:text-base',
        icon: 'touch-target size-8 touch:size-10',
        'icon-sm': 'touch-target size-7 touch:size-9',
      },
    },
    compoundVariants: [
      { variant: 'link', className: 'h-auto min-h-6 px-0 touch:h-auto touch:px-0' },
    ],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonVariant = NonNullable<VariantProps<typeof buttonStyles>['variant']>
export type ButtonSize = NonNullable<VariantProps<typeof buttonStyles>['size']>
