'use client'

import type { Ref } from 'react'
import { Button } from './button'
import type { ButtonSize, ButtonVariant } from './button-styles'
import { cn } from './class-names'
import { COPY_ANNOUNCEMENTS, CopyIcon } from './copy-icon'
import { type CopyState, useCopy } from './use-copy'

export type CopyTextButtonProps = {
  value: string
  /** What it copies: "Copy secret". */
  label: string
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  onCopied?: (() => void) | undefined
  ref?: Ref<HTMLButtonElement> | undefined
}

/** Shows its label as text. It needs no tooltip, so error pages can have it at little weight. */
export function CopyTextButton({
  value,
  label,
  variant,
  size,
  onCopied,
  ref,
}: CopyTextButtonProps) {
  const { state, copy } = useCopy()
  async function handleClick() {
    if (await copy(value)) onCopied?.()
  }
  return (
    <>
      <Button variant={variant} size={size} onClick={handleClick} {...(ref ? { ref } : {})}>
        <CopyIcon state={state} />
        <StackedLabel state={state} label={label} />
      </Button>
      <span role="status" className="sr-only">
        {COPY_ANNOUNCEMENTS[state]}
      </span>
    </>
  )
}

/** All texts lie in one grid cell, so the button is always as wide as the widest. */
function StackedLabel({ state, label }: { state: CopyState; label: string }) {
  const texts = { idle: label, copied: 'Copied', failed: 'Failed' }
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
