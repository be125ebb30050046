import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { REAUTHENTICATION_WINDOW_MS } from '@/lib/access/authorize'
import { listAuditEvents } from '@/lib/audit/queries'
import { verifyAuditChain } from '@/lib/audit/verify'
import { askDeletion, cancelDeletion } from '@/lib/organization/deletion'
import { endDueOrganizations } from '@/lib/organization/end'
import { getOrganization, setLogo } from '@/lib/organization/profile'
import { findRendition } from '@/lib/pictures/store'
import { beginning } from '@/lib/subscriptions/subscription'
import { storeBeginning } from '@/lib/subscriptions/subscription-store'
import { deployedAgent } from '@/lib/testing/agent-fixture'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { mint, provision, verdictOn } from '@/lib/testing/token-fixture'
import { DAY_MS } from '@/lib/tokens/model'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

async function adminOf() {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  return { organization, admin, confirmation: admin.organization.name }
}

const countOf = async (table: string, organizationId: string) => {
  const column = table === 'organizations' ? 'id' : 'organization_id'
  const { rows } = await product.db.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} WHERE ${column} = $1`,
    [organizationId],
  )
  return rows[0]?.count
}

/** Outside the schema that Prisma manages, whichever there are: a new one must not be forgotten. */
async function tablesOfTenants(): Promise<string[]> {
  const { rows } = await product.db.pool.query<{ name: string }>(
    `SELECT c.table_schema || '.' || c.table_name AS name FROM information_schema.columns c
     WHERE c.column_name = 'organization_id' AND c.table_schema IN ('activity', 'usage', 'pricing', 'billing', 'agents')`,
  )
  expect(rows.length).toBeGreaterThan(8)
  return rows.map(({ name }) => name)
}

/** The fourteen days are over. */
const letEnd = (organizationId: string) =>
  product.db.pool.query(
    'UPDATE organizations SET deletes_at = now() - interval $$1 second$$ WHERE id = $1',
    [organizationId],
  )

it('is asked for once: every admin is told, nothing stops, and it can be taken back', async () => {
  const { organization, admin, confirmation } = await adminOf()
  const second = await organization.member('ADMIN')
  await organization.member('MEMBER')
  const token = await mint(admin)
  const { deletesAt } = await askDeletion(admin, { confirmation })
  expect(Math.abs(deletesAt - Date.now() - 14 * DAY_MS)).toBeLessThan(60_000)
  expect(await askDeletion(second, { confirmation })).toEqual({ deletesAt })
  expect(await getOrganization(admin)).toMatchObject({ deletesAt })
  const { rows } = await product.db.pool.query(
    `SELECT recipient, template, facts FROM outgoing_emails WHERE organization_id = $1`,
    [organization.id],
  )
  const facts = { organizationName: confirmation, askedBy: admin.principal.displayName, deletesAt }
  expect(rows).toHaveLength(2)
  expect(rows).toEqual(
    expect.arrayContaining(
      [admin, second].map(({ principal }) => ({
        recipient: principal.email,
        template: 'organization-deletion',
        facts,
      })),
    ),
  )
  await endDueOrganizations(product.db)
  expect(await verdictOn(product.verifier, token.secret)).toBe('accepted')
  await cancelDeletion(second)
  await cancelDeletion(second)
  expect(await getOrganization(admin)).toMatchObject({ deletesAt: null })
  const { items } = await listAuditEvents(admin, {
    eventTypes: ['DELETION_ASKED', 'DELETION_CANCELLED'],
  })
  expect(items.map(({ eventType }) => eventType)).toEqual(['DELETION_CANCELLED', 'DELETION_ASKED'])
})

it('needs the name, typed, and a recent proof of identity', async () => {
  const { admin, confirmation } = await adminOf()
  await expect(askDeletion(admin, { confirmation: 'acme' })).rejects.toMatchObject({
    code: 'confirmation_mismatch',
    errors: [{ pointer: '/confirmation' }],
  })
  const later = { ...admin, now: admin.now + REAUTHENTICATION_WINDOW_MS }
  await expect(askDeletion(later, { confirmation })).rejects.toMatchObject({
    code: 'reauthentication_required',
  })
  expect(await getOrganization(admin)).toMatchObject({ deletesAt: null })
})

it('is no act of a program, whatever it was granted', async () => {
  const { organization, admin, confirmation } = await adminOf()
  const scopes = ['organization:read' as const, 'organization:write' as const]
  const program = await organization.bearer((await mint(admin, { scopes })).secret)
  for (const act of [() => askDeletion(program, { confirmation }), () => cancelDeletion(program)]) {
    await expect(act()).rejects.toMatchObject({ code: 'session_required' })
  }
})

it('ends everything but the audit trail when its time has come, and nothing else', async () => {
  const { organization, admin, confirmation } = await adminOf()
  const neighbour = await adminOf()
  await product.db.pool.query(
    `INSERT INTO usage.recount (organization_id, counted_at, events, differences)
     VALUES ($1, now(), 1, 0)`,
    [organization.id],
  )
  await storeBeginning(product.db.pool, organization.id, beginning(admin.now))
  await deployedAgent(admin)
  const kept = await mint(neighbour.admin)
  const { token } = await provision(admin)
  const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const { logoId } = await setLogo(admin, { picture })
  await askDeletion(admin, { confirmation })
  await letEnd(organization.id)
  // Two processes whose hour strikes at the same time.
  const ended = await Promise.all([
    endDueOrganizations(product.db),
    endDueOrganizations(product.db),
  ])
  expect(ended.sort()).toEqual([0, 1])
  expect(await verdictOn(product.verifier, token.secret)).toBe('unknown')
  expect(await findRendition(product.db.pool, logoId, '64.webp')).toBeNull()
  for (const table of [
    'organizations',
    'memberships',
    'tokens',
    'service_accounts',
    'organization_addresses',
    'outgoing_emails',
    ...(await tablesOfTenants()),
  ]) {
    expect(await countOf(table, organization.id), table).toBe(0)
  }
  const { items } = await listAuditEvents(admin, {})
  expect(items[0]).toMatchObject({ eventType: 'ORGANIZATION_DELETED', actor: { type: 'SYSTEM' } })
  expect(await verifyAuditChain(product.db, { organizationId: organization.id })).toMatchObject({
    ok: true,
    events: items.length,
  })
  expect(await verdictOn(product.verifier, kept.secret)).toBe('accepted')
})

it('spares an organization that is restored in its last moment', async () => {
  const { organization, admin, confirmation } = await adminOf()
  await askDeletion(admin, { confirmation })
  await letEnd(organization.id)
  await cancelDeletion(admin)
  expect(await endDueOrganizations(product.db)).toBe(0)
  expect(await countOf('organizations', organization.id)).toBe(1)
})
