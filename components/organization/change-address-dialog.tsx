'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'

export type ChangeAddressDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  origin: string
  before: string
  after: string
  onConfirm: () => Promise<void>
}

/** Says what a move breaks, which is little, and what stays. */
export function ChangeAddressDialog({
  open,
  onOpenChange,
  origin,
  before,
  after,
  onConfirm,
}: ChangeAddressDialogProps) {
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      tone="primary"
      title="Change the address?"
      description={
        <>
          <p className="[overflow-wrap:anywhere]">
            From <span className="font-mono text-ink">{`${origin}/${before}`}</span> to{' '}
            <span className="font-mono text-ink">{`${origin}/${after}`}</span>.
          </p>
          <ul className="flex list-disc flex-col gap-1 pl-4">
            <li>Links with the old address lead to the same page at the new one.</li>
            <li>Programs go on working with the old address in their paths.</li>
            <li>Nobody else can ever take the old address.</li>
            <li>New links, and what programs are told, name the new address from now on.</li>
          </ul>
        </>
      }
      confirmLabel="Change address"
      onConfirm={onConfirm}
    />
  )
}
