import { Check, X } from 'lucide-react'
import { tokenCount } from './team-facts'

export type WhatEndsProps = { tokens: number; whose: 'Their' | 'Your' }

/** What the end of a membership takes with it, and what it leaves. */
export function WhatEnds({ tokens, whose }: WhatEndsProps) {
  const ending =
    tokens === 0
      ? `${whose} access to this organization; there is no live personal token.`
      : `${whose} access to this organization and ${tokenCount(tokens)}: programs that use ${tokens === 1 ? 'it get' : 'them get'} 401 at the next request. This cannot be undone.`
  return (
    <ul className="mt-1 flex flex-col gap-2 rounded-lg border border-subtle bg-inset p-3 text-muted text-sm">
      <li className="flex gap-2">
        <X aria-hidden className="mt-0.5 size-4 shrink-0 text-danger-text" />
        <span>
          <span className="font-medium text-ink">Ends:</span> {ending}
        </span>
      </li>
      <li className="flex gap-2">
        <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-success-text" />
        <span>
          <span className="font-medium text-ink">Stays:</span> service accounts and their tokens,
          also those {whose === 'Your' ? 'you' : 'they'} made, the audit log, and membership of
          other organizations.
        </span>
      </li>
    </ul>
  )
}
