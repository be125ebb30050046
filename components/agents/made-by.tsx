import Link from 'next/link'
import type { Maker } from '@/lib/agents/model'
import type { Viewer } from './agent-words'

export type MadeByProps = { maker: Maker; viewer: Viewer }

/** The same in one quiet line, where the token is a page away. */
export function MadeByInShort({ maker, viewer }: MadeByProps) {
  const owner = ownerHref(maker, viewer)
  return (
    <span className="flex min-w-0 max-w-48 gap-1 text-muted text-xs">
      by
      {owner ? (
        <Link href={owner} className={LINK}>
          {maker.label}
        </Link>
      ) : (
        <span className="truncate">{maker.label}</span>
      )}
    </span>
  )
}

/** Who made it, with the way to the token and on to the person or service account behind it. */
export function MadeBy({ maker, viewer }: MadeByProps) {
  const owner = ownerHref(maker, viewer)
  return (
    <span className="flex min-w-0 max-w-56 flex-col">
      {owner ? (
        <Link href={owner} className={LINK}>
          {maker.label}
        </Link>
      ) : (
        <span className="truncate text-ink">{maker.label}</span>
      )}
      {maker.token ? (
        <span className="flex min-w-0 gap-1 text-muted text-xs">
          <span className="shrink-0">by token</span>
          {maker.token.currentId ? (
            <Link
              href={`/${viewer.tenant}/settings/api-access/tokens/${maker.token.currentId}`}
              className={LINK}
            >
              {maker.token.name}
            </Link>
          ) : (
            <span className="truncate">{maker.token.name}</span>
          )}
        </span>
      ) : null}
    </span>
  )
}

/** Above the link of the row that it may stand in. */
const LINK =
  'relative z-1 w-fit max-w-full truncate rounded-xs text-ink underline decoration-subtle underline-offset-[3px] hover:decoration-current'

function ownerHref({ kind, id, label }: Maker, { tenant, seesAccounts }: Viewer): string | null {
  if (kind === 'PERSON') return `/${tenant}/settings/team?q=${encodeURIComponent(label)}`
  return seesAccounts ? `/${tenant}/settings/api-access/service-accounts/${id}` : null
}
