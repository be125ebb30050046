'use client'

import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { cn } from './class-names'
import { FieldContext } from './field-context'
import { Label } from './label'

export type FieldProps = {
  label: ReactNode
  /** The control; it takes its id and ARIA state from this Field. */
  children: ReactNode
  description?: ReactNode | undefined
  /** Shown below the control and announced as soon as it appears. */
  error?: ReactNode | undefined
  required?: boolean | undefined
  optional?: boolean | undefined
  /** For sets of radios or checkboxes: names the set instead of one control. */
  group?: boolean | undefined
  hideLabel?: boolean | undefined
  /** A known id for the control, for tests and focus by id. */
  controlId?: string | undefined
  className?: string | undefined
}

export function Field({
  label,
  children,
  description,
  error,
  required = false,
  optional = false,
  group = false,
  hideLabel = false,
  controlId: givenId,
  className,
}: FieldProps) {
  const generatedId = useId()
  const controlId = givenId ?? generatedId
  const labelId = `${controlId}-label`
  const descriptionId = `${controlId}-description`
  const errorId = `${controlId}-error`
  const describedBy =
    [error ? errorId : null, description ? descriptionId : null].filter(Boolean).join(' ') ||
    undefined
  const wiring = {
    controlId: group ? undefined : controlId,
    labelId,
    describedBy,
    invalid: Boolean(error),
    required,
  }
  const labelClass = hideLabel ? 'sr-only' : undefined
  return (
    <FieldContext value={wiring}>
      <div
        className={cn('flex min-w-0 flex-col gap-1.5', className)}
        {...(group
          ? { role: 'group', 'aria-labelledby': labelId, 'aria-describedby': describedBy }
          : {})}
      >
        {group ? (
          <span id={labelId} className={cn('font-medium text-ink text-sm', labelClass)}>
            {label}
            {optional ? <span className="ml-1 font-normal text-faint">(optional)</span> : null}
          </span>
        ) : (
          <Label id={labelId} htmlFor={controlId} optional={optional} className={labelClass}>
            {label}
          </Label>
        )}
        {children}
        {description ? (
          <p id={descriptionId} className="text-muted text-xs">
            {description}
          </p>
        ) : null}
        <FieldError id={errorId}>{error}</FieldError>
      </div>
    </FieldContext>
  )
}

/** The live region is always there; only its text comes and goes, so readers announce it. */
function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={id} aria-live="polite" className="not-empty:contents">
      {children ? (
        <p className="flex items-start gap-1.5 text-danger-text text-xs">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          <span>{children}</span>
        </p>
      ) : null}
    </div>
  )
}
