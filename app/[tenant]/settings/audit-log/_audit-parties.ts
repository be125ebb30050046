import type { AuditParties, AuditParty } from '@/components/audit/party-filter'
import { listAuditEvents } from '@/lib/audit/queries'
import type { Context } from '@/lib/context'
import { PAGE_SIZE_MAX } from '@/lib/paging'
import { listServiceAccounts } from '@/lib/service-accounts/queries'
import { listTokensPage } from '@/lib/tokens/queries'

const PEOPLE = 'People'
const ACCOUNTS = 'Service accounts'
const TOKENS = 'Tokens'

/**
 * Whom and what the audit log's filters offer: service accounts, the newest tokens with their owners,
 * and everyone in the newest events. Older ones are reached by search.
 * @throws DomainError forbidden
 */
export async function auditParties(ctx: Context): Promise<AuditParties> {
  const pageSize = PAGE_SIZE_MAX
  const [events, accounts, tokens] = await Promise.all([
    listAuditEvents(ctx, { pageSize }),
    listServiceAccounts(ctx, { pageSize }),
    listTokensPage(ctx, { pageSize }),
  ])
  const accountParties = accounts.items.map(({ id, name }) => party(id, name, ACCOUNTS))
  const owners = tokens.items
    .filter(({ owner }) => owner.type === 'user')
    .map(({ owner }) => party(owner.id, owner.label, PEOPLE))
  const people = events.items.flatMap(({ actor }) =>
    actor.type === 'USER' && actor.id !== null ? [party(actor.id, actor.label, PEOPLE)] : [],
  )
  // The newest name of each family wins: oldest first, so that later entries overwrite.
  const names = new Map<string, string>()
  for (const token of [...tokens.items].reverse()) names.set(token.familyId, token.name)
  return {
    actors: distinct([...people, ...owners, ...accountParties]),
    targets: distinct([
      ...accountParties,
      ...[...names].map(([familyId, name]) => party(familyId, name, TOKENS)),
      party(ctx.organization.id, ctx.organization.name, 'Organization'),
    ]),
  }
}

function party(id: string, label: string, group: string): AuditParty {
  return { id, label, group }
}

/** Once by id, sorted by name within each group. */
function distinct(parties: readonly AuditParty[]): AuditParty[] {
  const byId = new Map(parties.map((entry) => [entry.id, entry]))
  const order = [...new Set(parties.map((entry) => entry.group))]
  return [...byId.values()].sort(
    (a, b) =>
      order.indexOf(a.group) - order.indexOf(b.group) || a.label.localeCompare(b.label, 'en'),
  )
}
