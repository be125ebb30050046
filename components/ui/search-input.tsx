'use client'

import { Search, X } from 'lucide-react'
import { type ComponentProps, useRef } from 'react'
import { cn } from './class-names'
import { controlStyles } from './control-styles'
import { Spinner } from './spinner'
import { useEarlyInput } from './use-early-input'

export type SearchInputProps = Omit<
  ComponentProps<'input'>,
  'value' | 'defaultValue' | 'onChange' | 'type' | 'ref'
> & {
  value: string
  onValueChange: (value: string) => void
  label: string
  /** Results for the current text are on their way. */
  pending?: boolean | undefined
}

export function SearchInput({
  value,
  onValueChange,
  label,
  placeholder = label,
  pending = false,
  className,
  ...props
}: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null)
  useEarlyInput(input, value, (control) => onValueChange(control.value))
  function clear() {
    onValueChange('')
    input.current?.focus()
  }
  return (
    <div className={cn('relative w-full min-w-0 sm:w-64', className)}>
      <span className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-faint">
        {pending ? <Spinner /> : <Search aria-hidden className="size-4" />}
      </span>
      <input
        {...props}
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          // The first Escape empties the field; only the next may close a dialog around it.
          event.preventDefault()
          event.stopPropagation()
          clear()
        }}
        className={cn(
          controlStyles,
          'border-strong px-8 touch:px-9 [&::-webkit-search-cancel-button]:appearance-none',
        )}
      />
      {value === '' ? null : (
        <button
          type="button"
          aria-label="Clear search"
          onClick={clear}
          className="absolute top-1/2 right-1 grid size-6 -translate-y-1/2 place-items-center rounded-sm text-faint hover:bg-hover hover:text-ink touch:size-11 touch:right-0"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  )
}
