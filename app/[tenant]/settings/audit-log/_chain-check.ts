import type { ChainReport } from '@/components/audit/chain-report'
import { authorizeAuditReading } from '@/lib/audit/queries'
import { verifyOwnAuditChain } from '@/lib/audit/verify'
import type { Context } from '@/lib/context'

/** A page view reuses a check of this age; the button always makes a new one. */
const FRESH_MS = 5 * 60 * 1000

// Only a note of what was seen and when: losing it, or another process not having it, costs one check.
const lastReports = new Map<string, ChainReport>()

/**
 * Checks every event of the organization's chain now.
 * @throws DomainError forbidden
 */
export async function checkChain(ctx: Context): Promise<ChainReport> {
  const { ok, events, headHash, firstBrokenSeq, problem } = await verifyOwnAuditChain(ctx)
  const report = { ok, events, headHash, firstBrokenSeq, problem, checkedAt: Date.now() }
  lastReports.set(ctx.organization.id, report)
  return report
}

/**
 * The last check, if it is recent and found nothing wrong; else a new one.
 * @throws DomainError forbidden
 */
export async function recentChainReport(ctx: Context): Promise<ChainReport> {
  authorizeAuditReading(ctx)
  const last = lastReports.get(ctx.organization.id)
  if (last?.ok && Date.now() - last.checkedAt < FRESH_MS) return last
  return checkChain(ctx)
}
