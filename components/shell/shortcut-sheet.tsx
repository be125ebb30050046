'use client'

import type { ReactNode } from 'react'
import { Dialog, DialogBody, DialogContent, DialogHeader } from '@/components/ui/dialog'
import { Kbd, ModKey } from '@/components/ui/kbd'

const SHORTCUTS: readonly { label: string; keys: ReactNode }[] = [
  {
    label: 'Search or jump to a page or action',
    keys: (
      <>
        <ModKey />
        <Kbd>K</Kbd>
      </>
    ),
  },
  { label: 'Show these shortcuts', keys: <Kbd>?</Kbd> },
  {
    label: 'Move through menus and lists',
    keys: (
      <>
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd>
      </>
    ),
  },
  { label: 'Open or choose', keys: <Kbd>Enter</Kbd> },
  { label: 'Close what is open', keys: <Kbd>Esc</Kbd> },
]

export type ShortcutSheetProps = { open: boolean; onOpenChange: (open: boolean) => void }

export function ShortcutSheet({ open, onOpenChange }: ShortcutSheetProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="sm">
        <DialogHeader
          title="Keyboard shortcuts"
          description="They rest while you type in a field."
        />
        <DialogBody>
          <dl className="flex flex-col divide-y divide-subtle">
            {SHORTCUTS.map(({ label, keys }) => (
              <div key={label} className="flex items-center justify-between gap-4 py-2">
                <dt className="text-ink">{label}</dt>
                <dd className="flex shrink-0 gap-1">{keys}</dd>
              </div>
            ))}
          </dl>
        </DialogBody>
      </DialogContent>
    </Dialog>
  )
}
