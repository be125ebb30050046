import { addPerson } from '@/e2e/support/add-person'
import { linkTo, UNANSWERED_EMAIL } from '@/e2e/support/link-in-email'
import { live } from '@/e2e/support/live-page'
import { type Product, startProduct } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { test as base, expect } from '@/e2e/support/test'
import { newId } from '@/lib/ids'

const PROFILE = '/acme/settings/profile'

/** Nobody takes the e-mails of this product: their links stay sealed in the outbox, where the tests read them. */
const test = base.extend<object, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const product = await startProduct({ demo: true, env: UNANSWERED_EMAIL })
      await use(product)
      await product.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

test('an address is verified by the link that is sent to it, once', async ({ page, product }) => {
  const email = await addPerson(product, 'Vera Proof')
  await openAs(page, product, email, PROFILE)
  await expect(page.getByText('Verified', { exact: true })).toHaveCount(0)
  await page.getByRole('button', { name: 'Verify this address' }).click()
  await expect(page.getByText(`A link is on its way to ${email}`)).toBeVisible()
  const link = await linkTo(product, email)
  await page.goto(link)
  await page.getByRole('button', { name: 'Verify this address' }).click()
  await expect(page.getByRole('heading', { name: 'Your e-mail address is verified' })).toBeVisible()
  await page.goto(PROFILE)
  await expect(page.getByText('Verified', { exact: true })).toBeVisible()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This link has ended' })).toBeVisible()
})

test('somebody in no organization answers their invitations where they are', async ({
  page,
  product,
}) => {
  const email = await addPerson(product, 'Nils Nowhere')
  await queryProduct(
    product,
    `WITH gone AS (DELETE FROM memberships WHERE user_id = (SELECT id FROM users WHERE email = $1))
     INSERT INTO invitations (organization_id, id, email, role, secret_hash, invited_by_label, expires_at)
     SELECT id, gen_random_uuid(), $1, 'MEMBER', decode(md5($2 || slug), 'hex'), 'Omar', now() + interval '1 day'
     FROM organizations`,
    [email, newId()],
  )
  await openAs(page, product, email)
  await expect(page.getByRole('heading', { name: 'You are in no organization' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Invitations' })).toHaveCount(0)
  await queryProduct(product, 'UPDATE users SET email_verified_at = now() WHERE email = $1', [
    email,
  ])
  await page.reload()
  const invitations = page.getByRole('list', { name: 'Invitations' }).getByRole('listitem')
  await expect(invitations).toHaveCount(2)
  await page.getByRole('button', { name: /^Decline the invitation to Acme/ }).click()
  await expect(invitations).toHaveCount(1)
  await page.getByRole('button', { name: /^Accept the invitation to Globex/ }).click()
  await expect(page).toHaveURL(/\/globex\/settings/)
})

test('an invitation to another organization is answered from the bell', async ({
  page,
  browser,
  baseURL,
  product,
}) => {
  const email = await addPerson(product, 'Ines Invited')
  await queryProduct(product, 'UPDATE users SET email_verified_at = now() WHERE email = $1', [
    email,
  ])
  await openAs(page, product, email, '/acme/settings')
  const admin = live(await (await browser.newContext({ baseURL })).newPage())
  await openAs(admin, product, DEMO_PEOPLE.globexAdmin, '/globex/settings/team')
  await admin.getByRole('button', { name: 'Invite people' }).click()
  const sheet = admin.getByRole('dialog')
  await sheet.getByLabel('E-mail addresses').fill(email)
  await sheet.getByRole('button', { name: /^Send/ }).click()
  await expect(sheet.getByRole('button', { name: 'Done' })).toBeVisible()
  await admin.context().close()

  await page.getByRole('button', { name: 'Notifications, 1 unread' }).click()
  await page.getByRole('link', { name: /invited you to join Globex/ }).click()
  await expect(page).toHaveURL(/\/invitations$/)
  await page.getByRole('button', { name: /^Accept the invitation to Globex/ }).click()
  await expect(page).toHaveURL(/\/globex\/settings/)
})
