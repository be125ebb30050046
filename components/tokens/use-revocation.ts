'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useState } from 'react'
import {
  loadScopeUsage,
  revoke,
  revokeMany,
} from '@/app/[tenant]/settings/api-access/token-actions'
import { revokeKey } from '@/app/[tenant]/settings/integrations/actions'
import { attempt, type Outcome } from '@/components/settings/action-outcome'
import type { BulkProgress } from '@/components/tokens/list/bulk-revoke-dialog'
import { notify } from '@/components/ui/notify'
import type { ScopeUsage } from '@/lib/tokens/scope-usage'
import type { RevocableToken } from './revoke-dialog'

/** Small enough that progress moves about once a second. */
const BULK_CHUNK = 100

/**
 * Revoking from a list: the question with its facts, the act, and which rows it is under way for. Rows
 * dim at once and come back, with the reason, where the server refuses.
 */
export function useRevocation(tenant: string) {
  const router = useRouter()
  const [asked, setAsked] = useState<RevocableToken | null>(null)
  const [usage, setUsage] = useState<Outcome<ScopeUsage> | null>(null)
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set())
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set())

  // Stable, like `revokeAll`: a list of thousands of rows is memoized on them.
  const ask = useCallback(
    async (token: RevocableToken) => {
      setAsked(token)
      setUsage(null)
      // No token page counts the calls of what was made for an integration.
      if (token.owner?.type === 'integration') return
      setUsage(await attempt(() => loadScopeUsage(tenant, { tokenId: token.id })))
    },
    [tenant],
  )

  /** Not awaited by the dialog: the row shows that it is under way. */
  async function settle(token: RevocableToken) {
    setPending((ids) => new Set(ids).add(token.id))
    const outcome = await attempt(() => end(tenant, token))
    setPending((ids) => without(ids, token.id))
    if (!outcome.ok) {
      notify.error(`${token.name} was not revoked`, { description: outcome.problem.message })
      return
    }
    setEnded((ids) => new Set(ids).add(token.id))
    notify.success(`${token.name} is revoked`)
    router.refresh()
  }

  const revokeAll = useCallback(
    async (tokenIds: readonly string[], report: (progress: BulkProgress) => void) => {
      for (let done = 0; done < tokenIds.length; done += BULK_CHUNK) {
        report({ done, total: tokenIds.length })
        const chunk = tokenIds.slice(done, done + BULK_CHUNK)
        const outcome = await attempt(() => revokeMany(tenant, { tokenIds: chunk }))
        if (!outcome.ok) {
          router.refresh()
          return `${done.toLocaleString('en-US')} were revoked, then: ${outcome.problem.message}`
        }
        const gone = outcome.data.filter((entry) => entry.outcome !== 'not-found')
        setEnded((ids) => new Set([...ids, ...gone.map((entry) => entry.tokenId)]))
      }
      router.refresh()
      return null
    },
    [tenant, router],
  )

  return {
    asked,
    usage,
    pending,
    ended,
    ask,
    close: () => setAsked(null),
    confirm: (token: RevocableToken) => void settle(token),
    revokeAll,
  }
}

/** What was made for an integration is ended there. */
function end(tenant: string, { id, owner }: RevocableToken) {
  return owner?.type === 'integration'
    ? revokeKey(tenant, { integration: owner.id })
    : revoke(tenant, { tokenId: id })
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const rest = new Set(ids)
  rest.delete(id)
  return rest
}
