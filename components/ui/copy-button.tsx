'use client'

import { Button } from './button'
import { COPY_ANNOUNCEMENTS, CopyIcon } from './copy-icon'
import { Tooltip } from './tooltip'
import { useCopy } from './use-copy'

export type CopyButtonProps = {
  value: string
  /** What it copies: "Copy token id". */
  label?: string | undefined
  className?: string | undefined
}

/** An icon whose tooltip says what it copies. */
export function CopyButton({ value, label = 'Copy', className }: CopyButtonProps) {
  const { state, copy } = useCopy()
  return (
    <>
      <Tooltip content={COPY_ANNOUNCEMENTS[state] || label}>
        <Button
          variant="ghost"
          size="icon-sm"
          className={className}
          onClick={() => copy(value)}
          aria-label={label}
        >
          <CopyIcon state={state} />
        </Button>
      </Tooltip>
      <span role="status" className="sr-only">
        {COPY_ANNOUNCEMENTS[state]}
      </span>
    </>
  )
}
