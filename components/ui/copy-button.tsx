'use client'

import { Check, Copy, TriangleAlert } from 'lucide-react'
import type { Ref } from 'react'
import { Button } from './button'
import type { ButtonSize, ButtonVariant } from './button-styles'
import { cn } from './class-names'
import { Tooltip } from './tooltip'
import { type CopyState, useCopy } from './use-copy'

export type CopyButtonProps = {
  value: string
  /** What it copies: "Copy token id". */
  label?: string | undefined
  /** Shows the label as text; otherwise an icon with a tooltip. */
  showLabel?: boolean | undefined
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  onCopied?: (() => void) | undefined
  ref?: Ref<HTMLButtonElement> | undefined
  className?: string | undefined
}

const announcement: Record<CopyState, string> = {
  idle: '',
  copied: 'Copied',
  failed: 'Copying failed. Select the text and copy it by hand.',
}
const visibleLabel = { copied: 'Copied', failed: 'Failed' }

export function CopyButton({
  value,
  label = 'Copy',
  showLabel = false,
  variant = showLabel ? 'secondary' : 'ghost',
  size = showLabel ? 'md' : 'icon-sm',
  onCopied,
  ref,
  className,
}: CopyButtonProps) {
  const { state, copy } = useCopy()
  async function handleClick() {
    if (await copy(value)) onCopied?.()
  }
  const button = (
    <Button
      variant={variant}
      size={size}
      className={className}
      onClick={handleClick}
      {...(ref ? { ref } : {})}
      {...(showLabel ? {} : { 'aria-label': label })}
    >
      <CopyIcon state={state} />
      {showLabel ? <StackedLabel state={state} label={label} /> : null}
    </Button>
  )
  return (
    <>
      {showLabel ? button : <Tooltip content={announcement[state] || label}>{button}</Tooltip>}
      <span role="status" className="sr-only">
        {announcement[state]}
      </span>
    </>
  )
}

function CopyIcon({ state }: { state: CopyState }) {
  if (state === 'copied') return <Check aria-hidden className="text-success-text" />
  if (state === 'failed') return <TriangleAlert aria-hidden className="text-warning-text" />
  return <Copy aria-hidden />
}

/** All texts lie in one grid cell, so the button is always as wide as the widest. */
function StackedLabel({ state, label }: { state: CopyState; label: string }) {
  const texts = { idle: label, ...visibleLabel }
  return (
    <span className="grid">
      {(['idle', 'copied', 'failed'] as const).map((key) => (
        <span
          key={key}
          className={cn('col-start-1 row-start-1 text-left', state !== key && 'invisible')}
        >
          {texts[key]}
        </span>
      ))}
    </span>
  )
}
