import type { Browser, Page } from '@playwright/test'
import { addOrganization } from '@/e2e/support/add-organization'
import { live } from '@/e2e/support/live-page'
import type { Product } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { newId } from '@/lib/ids'

/** A browser for each of two people, or for one person twice. */
async function twoPages(browser: Browser, product: Product): Promise<[Page, Page]> {
  const open = async () =>
    live(await (await browser.newContext({ baseURL: product.url })).newPage())
  return [await open(), await open()]
}

test('two admins who unmake each other at once leave one', async ({ browser, product }) => {
  const { slug, first, second } = await addOrganization(product, 'ADMIN')
  const pages = await twoPages(browser, product)
  const [ines, milo] = pages
  const team = `/${slug}/settings/team`
  await Promise.all([openAs(ines, product, first, team), openAs(milo, product, second, team)])
  const question = (page: Page) => page.getByRole('alertdialog')
  for (const [page, whom] of [
    [ines, /Milo Member/],
    [milo, /Ines Admin/],
  ] as const) {
    const row = page.getByRole('table', { name: 'Members' }).getByRole('row', { name: whom })
    await row.getByRole('combobox').selectOption('Member')
    await question(page).waitFor()
  }
  const confirm = (page: Page) =>
    question(page).getByRole('button', { name: 'Change role' }).click()
  await Promise.all(pages.map(confirm))

  await expect(async () => {
    const open = await Promise.all(pages.map((page) => question(page).count()))
    expect(open.sort()).toEqual([0, 1])
  }).toPass()
  const admins = await queryProduct<{ email: string }>(
    product,
    `SELECT u.email FROM memberships m JOIN users u ON u.id = m.user_id
     JOIN organizations o ON o.id = m.organization_id WHERE o.slug = $1 AND m.role = 'ADMIN'`,
    [slug],
  )
  expect(admins).toHaveLength(1)
  const [winner, loser] = admins[0]?.email === first ? pages : [milo, ines]
  await expect(question(loser).getByRole('alert').filter({ hasText: /\w/ })).toBeVisible()
  await loser.reload()
  await expect(loser.getByRole('button', { name: 'Invite people' })).toHaveCount(0)
  await winner.reload()
  await expect(winner.getByRole('button', { name: 'Invite people' })).toBeVisible()
  for (const page of pages) await page.context().close()
})

test('an invitation that is accepted in two browsers at once makes one member', async ({
  page,
  browser,
  product,
}) => {
  const email = `${newId()}@acme.example`
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, '/acme/settings/team')
  await page.getByRole('button', { name: 'Invite people' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('E-mail addresses').fill(email)
  await sheet.getByRole('button', { name: /^Send/ }).click()
  await sheet.getByRole('button', { name: 'Copy link' }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())

  const guests = await twoPages(browser, product)
  for (const guest of guests) {
    await guest.goto(link)
    await guest.getByLabel('Your name').fill('Twice Invited')
    await guest.getByRole('textbox', { name: 'Password' }).fill('walrus pencil harbour 42')
  }
  const join = (guest: Page) =>
    guest.getByRole('button', { name: 'Create account and join' }).click()
  await Promise.all(guests.map(join))
  const inside = () => guests.filter((guest) => /\/acme\/settings/.test(guest.url()))
  await expect.poll(() => inside().length).toBe(1)
  const left = guests.filter((guest) => !inside().includes(guest))
  for (const guest of left) {
    await expect(guest.getByRole('alert').filter({ hasText: /\w/ }).first()).toBeVisible()
    await guest.goto(link)
    await expect(guest.getByRole('heading', { name: 'This invitation has ended' })).toBeVisible()
  }
  const members = await queryProduct(
    product,
    `SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = $1`,
    [email],
  )
  expect(members).toHaveLength(1)
  for (const guest of guests) await guest.context().close()
})
