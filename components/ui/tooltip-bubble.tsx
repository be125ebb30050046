'use client'

import { Tooltip as RadixTooltip } from 'radix-ui'
import type { TooltipProps } from './tooltip'

/** A tooltip around its trigger; `Tooltip` loads it. */
export function TooltipBubble({ content, children, side = 'top' }: TooltipProps) {
  return (
    <RadixTooltip.Provider delayDuration={350} skipDelayDuration={200}>
      <RadixTooltip.Root>
        <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
        <RadixTooltip.Portal>
          <RadixTooltip.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-60 max-w-72 origin-(--radix-tooltip-content-transform-origin) rounded-md border border-strong bg-raised px-2 py-1 text-ink text-xs shadow-overlay data-[state=closed]:animate-fade-out data-[state=delayed-open]:animate-fade-in"
          >
            {content}
          </RadixTooltip.Content>
        </RadixTooltip.Portal>
      </RadixTooltip.Root>
    </RadixTooltip.Provider>
  )
}
