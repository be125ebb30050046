'use client'

import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from './class-names'
import { FieldContext, useFieldControl } from './field-context'

export type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'checked' | 'onChange'> & {
  /** `'indeterminate'`: some, but not all, of what it stands for. */
  checked: boolean | 'indeterminate'
  onCheckedChange?: ((checked: boolean) => void) | undefined
}

/** The browser's own checkbox: a list mounts dozens of them with every keystroke of its filter. */
export function Checkbox({ checked, onCheckedChange, className, ...props }: CheckboxProps) {
  const wiring = useFieldControl(props)
  return (
    <input
      {...props}
      {...wiring}
      ref={(control) => {
        // There is no attribute for it.
        if (control) control.indeterminate = checked === 'indeterminate'
      }}
      type="checkbox"
      checked={checked === true}
      onChange={(event) => onCheckedChange?.(event.target.checked)}
      className={cn(
        'touch-target relative inline-grid size-4 shrink-0 appearance-none place-items-center rounded-sm border border-control bg-surface text-accent-contrast',
        'mouse:after:absolute mouse:after:-inset-1 touch:size-5',
        'before:size-2.5 before:bg-current before:opacity-0 checked:before:opacity-100 indeterminate:before:opacity-100 touch:before:size-3',
        'before:[clip-path:polygon(14%_44%,0_60%,42%_100%,100%_18%,84%_4%,40%_70%)] indeterminate:before:[clip-path:inset(41%_5%)]',
        'checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent',
        'aria-invalid:border-danger disabled:cursor-not-allowed disabled:opacity-50',
        className,
      )}
    />
  )
}

export type CheckboxFieldProps = CheckboxProps & {
  label: ReactNode
  description?: ReactNode | undefined
}

/** A checkbox with its own label; the whole text is clickable. */
export function CheckboxField({ label, description, className, ...props }: CheckboxFieldProps) {
  const generatedId = useId()
  const id = props.id ?? generatedId
  const descriptionId = `${id}-description`
  return (
    <div className={cn('flex items-start gap-2.5', className)}>
      {/* Its own label names it, also inside a Field. */}
      <FieldContext value={null}>
        <Checkbox
          {...props}
          id={id}
          className="mt-0.5"
          aria-describedby={description ? descriptionId : undefined}
        />
      </FieldContext>
      <div className="flex min-w-0 flex-col gap-0.5">
        <label htmlFor={id} className="text-ink text-sm">
          {label}
        </label>
        {description ? (
          <p id={descriptionId} className="text-muted text-xs">
            {description}
          </p>
        ) : null}
      </div>
    </div>
  )
}
