import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Context } from '@/lib/context'
import { enqueueEmail } from '@/lib/email/outbox'
import { SAMPLE_FACTS } from '@/lib/email/outbox-fixture'
import { getOutgoingEmail, listOutgoingEmails } from '@/lib/email/queries'
import { newId } from '@/lib/ids'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const SECRET_PATH = '/invitations/only-the-recipient-knows'

function enqueue(ctx: Context, organizationId: string | null = ctx.organization.id) {
  return enqueueEmail(ctx.db.pool, ctx.crypto.emailLinks, {
    template: 'invitation',
    recipient: `${newId()}@example.test`,
    organizationId,
    idempotencyKey: newId(),
    facts: SAMPLE_FACTS.invitation,
    linkPath: SECRET_PATH,
  })
}

it('lists the organization’s own, newest first, in pages without gaps while others come', async () => {
  const ctx = await (await product.organization()).member('ADMIN')
  const other = await (await product.organization()).member('ADMIN')
  for (let index = 0; index < 5; index++) await enqueue(ctx)
  await enqueue(other)
  await enqueue(ctx, null)
  const first = await listOutgoingEmails(ctx, { pageSize: 3 })
  await enqueue(ctx)
  const second = await listOutgoingEmails(ctx, { pageSize: 3, pageToken: first.nextPageToken })
  const ids = [...first.items, ...second.items].map(({ id }) => id)
  expect(ids).toHaveLength(5)
  expect(ids).toEqual([...ids].sort().reverse())
  expect(second.nextPageToken).toBe('')
  expect(first.totalCount).toBe(5)
})

it('lists by state', async () => {
  const ctx = await (await product.organization()).member('ADMIN')
  await enqueue(ctx)
  await enqueue(ctx)
  await ctx.db.pool.query(
    `UPDATE outgoing_emails SET state = 'SENT', sent_at = now() WHERE id = (
       SELECT id FROM outgoing_emails WHERE organization_id = $1 LIMIT 1)`,
    [ctx.organization.id],
  )
  expect((await listOutgoingEmails(ctx, { state: 'SENT' })).items).toMatchObject([
    { state: 'SENT' },
  ])
  expect((await listOutgoingEmails(ctx, { state: 'WAITING' })).totalCount).toBe(1)
  expect((await listOutgoingEmails(ctx, { state: 'FAILED' })).items).toEqual([])
})

it('shows one with its facts, without its link, and to no other organization', async () => {
  const ctx = await (await product.organization()).member('ADMIN')
  await enqueue(ctx)
  const [listed] = (await listOutgoingEmails(ctx, {})).items
  const email = await getOutgoingEmail(ctx, { emailId: listed?.id ?? '' })
  expect(email.facts).toEqual(SAMPLE_FACTS.invitation)
  expect(JSON.stringify(email)).not.toContain('only-the-recipient-knows')
  const other = await (await product.organization()).member('ADMIN')
  await expect(getOutgoingEmail(other, { emailId: email.id })).rejects.toMatchObject({
    kind: 'not-found',
  })
})

it('is closed to those who run nothing here', async () => {
  const organization = await product.organization()
  for (const role of ['MEMBER', 'FINANCE'] as const) {
    const ctx = await organization.member(role)
    await expect(listOutgoingEmails(ctx, {})).rejects.toMatchObject({ kind: 'forbidden' })
  }
})
