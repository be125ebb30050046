'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { LinkButton } from '@/components/ui/link-button'
import { AbsoluteTime } from '@/components/ui/relative-time'
import { SheetBody, SheetFooter, SheetHeader } from '@/components/ui/sheet'
import type { OwnPriceSet } from '@/lib/model-pricing/own-prices'
import { correctionHref } from './correction-address'
import { agentText } from './own-price-words'

export type OwnPriceSavedProps = { tenant: string; saved: OwnPriceSet; onClose: () => void }

/** What is left to do after a price that began in the past. */
export function OwnPriceSaved({ tenant, saved: { price, counted }, onClose }: OwnPriceSavedProps) {
  return (
    <>
      <SheetHeader
        title="Price set"
        description={`${price.provider} ${price.model}, ${agentText(price.agent)}`}
      />
      <SheetBody className="flex flex-col gap-4">
        <Callout tone="success" title="New calls cost this from now on" live>
          {price.until === null ? null : (
            <p>
              Until <AbsoluteTime at={price.until} dateOnly />, when another price of your own
              begins.
            </p>
          )}
        </Callout>
        <p className="text-ink">
          Calls since <AbsoluteTime at={price.validFrom} dateOnly /> that were counted already keep
          what they cost then. A correction prices them again: you see the difference first, and
          nothing changes before you apply it.
        </p>
      </SheetBody>
      <SheetFooter>
        <Button onClick={onClose}>Leave them as they are</Button>
        {counted ? (
          <LinkButton
            href={correctionHref(tenant, {
              ...counted,
              provider: price.provider,
              model: price.model,
              agent: price.agent,
            })}
            variant="primary"
            onClick={onClose}
          >
            Preview a correction
          </LinkButton>
        ) : null}
      </SheetFooter>
    </>
  )
}
