'use client'

import { Ban } from 'lucide-react'
import { Button } from '@/components/ui/button'

export type BulkBarProps = {
  count: number
  /** Selected, but filtered out of sight. */
  hidden: number
  onRevoke: () => void
  onClear: () => void
}

/** What can be done with the selection; takes no room while there is none. */
export function BulkBar({ count, hidden, onRevoke, onClear }: BulkBarProps) {
  return (
    <>
      {/* Only the words are a live region: modal dialogs leave those exposed, and with them their buttons. */}
      <output className="sr-only">{count > 0 ? `${count} selected` : ''}</output>
      {count > 0 ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-accent-line bg-accent-soft px-3 py-2 text-sm">
          <span className="font-medium tabular-nums">
            {count.toLocaleString('en-US')} selected
            {hidden > 0 ? (
              <span className="font-normal text-muted">
                {' '}
                ({hidden.toLocaleString('en-US')} not in this view)
              </span>
            ) : null}
          </span>
          <div className="ml-auto flex gap-2">
            <Button variant="ghost" size="sm" onClick={onClear}>
              Clear selection
            </Button>
            <Button variant="danger-outline" size="sm" onClick={onRevoke}>
              <Ban aria-hidden />
              Revoke {count === 1 ? '1 token' : `${count.toLocaleString('en-US')} tokens`}
            </Button>
          </div>
        </div>
      ) : null}
    </>
  )
}
