'use client'

import Link from 'next/link'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { RelativeTime } from '@/components/ui/relative-time'
import type { TokenSummary } from '@/lib/tokens/model'
import type { PolicyPreview, PolicySave } from './use-policy-save'

export type RefusedTokensDialogProps = { tenant: string; now: number; save: PolicySave }

/** Names the tokens that a stricter policy refuses, before it does. */
export function RefusedTokensDialog({ tenant, now, save }: RefusedTokensDialogProps) {
  const { preview } = save
  return (
    <AlertDialog
      open={preview !== null}
      onOpenChange={(open) => !open && save.dismiss()}
      title={`${tokens(preview?.refusedNow ?? 0)} will be refused from now on`}
      description="Every program that uses them gets 401 at its next request. Nothing is deleted: loosening the policy lets them in again."
      confirmLabel="Save and refuse them"
      onConfirm={save.confirm}
    >
      {preview ? <RefusedList preview={preview} tenant={tenant} now={now} /> : null}
    </AlertDialog>
  )
}

type RefusedListProps = { preview: PolicyPreview; tenant: string; now: number }

function RefusedList({ preview, tenant, now }: RefusedListProps) {
  const unnamed = preview.refusedNow - preview.samples.length
  return (
    <ul className="mt-2 max-h-64 divide-y divide-subtle overflow-y-auto rounded-lg border border-subtle bg-inset text-sm">
      {preview.samples.map((token) => (
        <li key={token.id} className="flex flex-col px-3 py-2">
          <Link
            href={`/${tenant}/settings/api-access/tokens/${token.id}`}
            target="_blank"
            className="w-fit max-w-full truncate rounded-xs font-medium text-ink underline-offset-4 hover:underline"
          >
            {token.name}
            <span className="sr-only"> (opens in a new tab)</span>
          </Link>
          <span className="text-muted text-xs">
            {token.owner.label} · <LastUse token={token} now={now} />
          </span>
        </li>
      ))}
      {unnamed > 0 ? <li className="px-3 py-2 text-muted">and {tokens(unnamed)} more</li> : null}
    </ul>
  )
}

function LastUse({ token, now }: { token: TokenSummary; now: number }) {
  if (token.lastUsedAt === null) return <>never used</>
  return (
    <>
      last used <RelativeTime at={token.lastUsedAt} now={now} />
    </>
  )
}

function tokens(count: number): string {
  return count === 1 ? '1 token' : `${count.toLocaleString('en-US')} tokens`
}
