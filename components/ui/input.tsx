'use client'

import {
  type ChangeEvent,
  type ComponentProps,
  type ReactNode,
  useImperativeHandle,
  useRef,
} from 'react'
import { cn } from './class-names'
import { controlStyles } from './control-styles'
import { useFieldControl } from './field-context'
import { useEarlyInput } from './use-early-input'

export type InputProps = Omit<ComponentProps<'input'>, 'prefix'> & {
  /** Ids, secrets and code are set in the mono face. */
  mono?: boolean | undefined
  /** Fixed text in front of the value, such as a URL's start. */
  prefix?: ReactNode | undefined
  suffix?: ReactNode | undefined
}

export function Input({ mono = false, prefix, suffix, className, ref, ...props }: InputProps) {
  const control = useRef<HTMLInputElement>(null)
  useImperativeHandle<HTMLInputElement | null, HTMLInputElement | null>(ref, () => control.current)
  useEarlyInput(control, props.value, (target) =>
    props.onChange?.({ target, currentTarget: target } as ChangeEvent<HTMLInputElement>),
  )
  const wiring = useFieldControl(props)
  const input = (
    <input
      {...props}
      {...wiring}
      ref={control}
      className={cn(
        controlStyles,
        mono && 'font-mono',
        prefix ? 'rounded-l-none' : null,
        suffix ? 'rounded-r-none' : null,
        prefix || suffix ? 'shadow-none focus-visible:z-1' : className,
      )}
    />
  )
  if (!prefix && !suffix) return input
  return (
    <div className={cn('flex w-full min-w-0 rounded-md shadow-control', className)}>
      {prefix ? <span className={cn(affixStyles, 'rounded-l-md border-r-0')}>{prefix}</span> : null}
      {input}
      {suffix ? <span className={cn(affixStyles, 'rounded-r-md border-l-0')}>{suffix}</span> : null}
    </div>
  )
}

const affixStyles =
  'flex shrink-0 items-center border border-control bg-inset px-2.5 text-muted text-sm'
