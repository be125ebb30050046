import type { Page } from '@playwright/test'
import { live } from '@/e2e/support/live-page'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs, signIn } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const TEAM = '/acme/settings/team'
const PASSWORD = 'walrus pencil harbour 42'

/** Invites through the sheet and takes the link that is shown once. */
async function invite(page: Page, addresses: string, copyFrom: string): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Invite people' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('E-mail addresses').fill(addresses)
  await sheet.getByRole('button', { name: /^Send/ }).click()
  const result = sheet.getByRole('listitem').filter({ hasText: copyFrom })
  await result.getByRole('button', { name: 'Copy link' }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await sheet.getByRole('button', { name: 'Done' }).click()
  await sheet.waitFor({ state: 'detached' })
  return link
}

test('a person from the invitation to the removal', async ({ page, browser, baseURL, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, TEAM)
  const link = await invite(
    page,
    '"Quill, Rosa" <Rosa@acme.example>; linus@acme.example',
    'rosa@acme.example',
  )
  expect(link).toMatch(new RegExp(`^${baseURL}/invitations/[\\w-]{43}$`))
  const pending = page.getByRole('table', { name: 'Invitations' })
  await expect(pending.getByRole('row', { name: /rosa@acme\.example/ })).toBeVisible()

  const theirs = await browser.newContext({ baseURL })
  const guest = live(await theirs.newPage())
  const referrers: (string | undefined)[] = []
  guest.on('request', (sent) => referrers.push(sent.headers().referer))
  await guest.goto(link)
  await expect(guest.getByRole('heading', { name: 'Join Acme Robotics' })).toBeVisible()
  await guest.getByLabel('Your name').fill('Rosa Quill')
  await guest.getByRole('textbox', { name: 'Password' }).fill('password1234')
  const submit = guest.getByRole('button', { name: 'Create account and join' })
  await submit.click()
  await expect(guest.getByRole('textbox', { name: 'Password' })).toHaveAttribute(
    'aria-invalid',
    'true',
  )
  await guest.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await submit.click()
  await expect(guest).toHaveURL(/\/acme\/settings/)
  const secret = link.split('/').at(-1) ?? ''
  expect(referrers.filter((referrer) => referrer?.includes(secret))).toEqual([])
  expect(product.logs()).not.toContain(secret)
  await guest.goto(link)
  await expect(guest.getByRole('heading', { name: 'This invitation has ended' })).toBeVisible()

  await page.reload()
  const members = page.getByRole('table', { name: 'Members' })
  const row = members.getByRole('row', { name: /Rosa Quill/ })
  await expect(row).toBeVisible()
  await row.getByRole('combobox').selectOption('Finance')
  await expect.poll(() => roleOf(product, 'rosa@acme.example')).toBe('FINANCE')
  await row.getByRole('combobox').selectOption('Admin')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Change role' }).click()
  await expect.poll(() => roleOf(product, 'rosa@acme.example')).toBe('ADMIN')
  await guest.goto(TEAM)
  await expect(guest.getByRole('button', { name: 'Invite people' })).toBeVisible()

  await row.getByRole('button', { name: 'Actions for Rosa Quill' }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove member' }).click()
  await settled(page)
  await expect(row).toHaveCount(0)
  await guest.goto(TEAM)
  await expect(guest).toHaveURL(/sign-in/)
  await theirs.close()
})

test('a link sent again ends the one before, and a withdrawn one ends too', async ({
  page,
  browser,
  baseURL,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, TEAM)
  const first = await invite(page, 'sten@acme.example', 'sten@acme.example')
  const row = page
    .getByRole('table', { name: 'Invitations' })
    .getByRole('row', { name: /sten@acme\.example/ })
  await row.getByRole('button', { name: /New link/ }).click()
  await expect(page.getByText('The earlier link has ended.')).toBeVisible()
  await row.getByRole('button', { name: 'Copy link' }).click()
  const second = await page.evaluate(() => navigator.clipboard.readText())
  expect(second).not.toBe(first)
  const guest = live(await browser.newPage({ baseURL }))
  const ended = guest.getByRole('heading', { name: 'This invitation has ended' })
  await guest.goto(first)
  await expect(ended).toBeVisible()
  await guest.goto(second)
  await expect(guest.getByRole('heading', { name: 'Join Acme Robotics' })).toBeVisible()
  await row.getByRole('button', { name: /Withdraw/ }).click()
  await page.getByRole('button', { name: 'Withdraw invitation' }).click()
  await settled(page)
  await expect(row).toHaveCount(0)
  await guest.reload()
  await expect(ended).toBeVisible()
  await guest.close()
})

test('an invitation is answered only by its own address', async ({
  page,
  browser,
  baseURL,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, TEAM)
  const email = DEMO_PEOPLE.globexMember
  const link = await invite(page, email, email)
  const guest = live(await browser.newPage({ baseURL }))
  await openAs(guest, product, DEMO_PEOPLE.globexAdmin)
  await guest.goto(link)
  await expect(guest.getByRole('heading', { name: /for another address/ })).toBeVisible()
  await expect(guest.getByText(email)).toHaveCount(0)
  await guest.getByRole('button', { name: 'Sign out and go on' }).click()
  await guest.getByRole('link', { name: 'Sign in to accept' }).click()
  await expect(guest).toHaveURL(/\/sign-in\?/)
  await signIn(guest, email, new URL(link).pathname)
  await guest.getByRole('button', { name: 'Join Acme Robotics' }).click()
  await expect(guest).toHaveURL(/\/acme\/settings/)
  await guest.close()
})

test('a member reads the list, filters it, and is offered no power', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, `${TEAM}?invite=1&role=ADMIN`)
  const members = page.getByRole('table', { name: 'Members' })
  await expect(members.getByRole('row')).toHaveCount(3)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('combobox')).toHaveCount(0)
  await expect(page.getByText('Pending invitations')).toHaveCount(0)
  await page.goto(TEAM)
  await page.getByRole('searchbox', { name: 'Search members' }).fill('mei')
  await expect(members.getByRole('row', { name: /Mei Tanaka/ })).toBeVisible()
  await expect(page).toHaveURL(/q=mei/)
  await page.goto(`${TEAM}?role=FINANCE`)
  await expect(members.getByRole('row')).toHaveCount(2)
  await page.getByRole('searchbox').fill('nobody at all')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).toHaveURL(/\/team$/)
  await page.getByRole('button', { name: 'Actions for Linus Berg' }).click()
  await expect(page.getByRole('menuitem')).toHaveText(['Leave organization…'])
})

/** Waits for an open question: behind it the page is hidden, so that a row of it seems to be gone. */
async function settled(page: Page) {
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
}

async function roleOf(product: Parameters<typeof queryProduct>[0], email: string) {
  const rows = await queryProduct<{ role: string }>(
    product,
    `SELECT m.role::text AS role FROM memberships m JOIN users u ON u.id = m.user_id
     WHERE u.email = $1`,
    [email],
  )
  return rows[0]?.role
}
