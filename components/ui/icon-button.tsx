'use client'

import { Button, type ButtonProps } from './button'
import { Tooltip } from './tooltip'

export type IconButtonProps = Omit<ButtonProps, 'size' | 'aria-label' | 'asChild'> & {
  /** The accessible name, also shown as a tooltip. */
  label: string
  size?: 'icon' | 'icon-sm' | undefined
  tooltipSide?: 'top' | 'right' | 'bottom' | 'left' | undefined
}

export function IconButton({
  label,
  size = 'icon',
  variant = 'ghost',
  tooltipSide,
  ...props
}: IconButtonProps) {
  return (
    <Tooltip content={label} side={tooltipSide}>
      <Button {...props} variant={variant} size={size} aria-label={label} />
    </Tooltip>
  )
}
