import { cn } from './class-names'

export type SeparatorProps = {
  orientation?: 'horizontal' | 'vertical' | undefined
  className?: string | undefined
}

export function Separator({ orientation = 'horizontal', className }: SeparatorProps) {
  return (
    <hr
      aria-orientation={orientation}
      className={cn(
        'shrink-0 border-0 bg-subtle',
        orientation === 'horizontal' ? 'h-px w-full' : 'h-full w-px self-stretch',
        className,
      )}
    />
  )
}
