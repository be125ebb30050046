import type { Browser, Locator, Page } from '@playwright/test'
import { addPerson } from '@/e2e/support/add-person'
import { issueToken } from '@/e2e/support/issue-token'
import { live } from '@/e2e/support/live-page'
import { type Product, startProduct } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { type MailServerFixture, startMailServer } from '@/lib/email/mail-server-fixture'

const INBOX = '/acme/notifications'
const LOG = '/acme/notifications?tab=log'
const PREFERENCES = '/acme/settings/profile?tab=notifications'
const CHANGED_BY_OTHERS = 'Token changed by somebody else'

const bellOf = (page: Page) => page.getByRole('button', { name: /^Notifications/ })
const preference = (page: Page, name = CHANGED_BY_OTHERS) => page.getByRole('group', { name })

async function signedIn(browser: Browser, product: Product, email: string, path: string) {
  const page = live(await (await browser.newContext({ baseURL: product.url })).newPage())
  await openAs(page, product, email, path)
  return page
}

/** A personal token of a member. */
async function tokenOf(product: Product, email: string, name: string): Promise<string> {
  const wish = { organization: 'acme', owner: { email }, scopes: ['agents:read' as const], name }
  return (await issueToken(product, wish)).id
}

/** An admin revokes it on its page: what its owner is told of. */
async function revokeAsAdmin(admin: Page, tokenId: string): Promise<void> {
  await admin.goto(`/acme/settings/api-access/tokens/${tokenId}`)
  await admin.getByRole('button', { name: 'Revoke', exact: true }).click()
  await admin.getByRole('button', { name: 'Revoke token' }).click()
  await expect(admin.getByRole('alertdialog')).toHaveCount(0)
  // For good, and not only while it is under way, when it is `aria-disabled`.
  const revoke = admin.getByRole('button', { name: 'Revoke', exact: true })
  await expect(revoke).toHaveAttribute('disabled')
}

async function choose(row: Locator, cadence: 'At once' | 'Daily' | 'Off'): Promise<void> {
  await row.getByRole('radio', { name: cadence }).click()
  await expect(row.getByRole('status')).toHaveText('Saved')
}

test('what an admin does to a token reaches its owner at once', async ({
  page,
  browser,
  product,
}) => {
  const email = await addPerson(product, 'Bella Bell')
  const tokenId = await tokenOf(product, email, 'Nightly import')
  await openAs(page, product, email, '/acme/settings/profile')
  const admin = await signedIn(browser, product, DEMO_PEOPLE.acmeSecondAdmin, '/acme/settings')
  await revokeAsAdmin(admin, tokenId)

  // In the other browser, without a reload.
  await expect(bellOf(page)).toHaveAccessibleName(/ \d+ unread$/)
  await bellOf(page).click()
  const popover = page.getByRole('dialog', { name: 'Notifications' })
  const link = popover.getByRole('link', { name: 'Unread: Nightly import was revoked' })
  await expect(link).toBeVisible()
  await expect(popover.getByText(/Tomás|Tomas/)).toBeVisible()
  await link.click()
  await expect(page).toHaveURL(new RegExp(`/acme/settings/api-access/tokens/${tokenId}`))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Nightly import/)

  await page.goto(INBOX)
  const row = page.getByRole('listitem').filter({ hasText: 'Nightly import was revoked' })
  await expect(row.getByRole('link')).toHaveAccessibleName('Nightly import was revoked')
  await expect(row).toContainText('Acme Robotics')
  await expect(row).toContainText('You own this token.')
  await admin.context().close()
})

test('what is read in one tab is read in the other', async ({ page, browser, product }) => {
  const email = await addPerson(product, 'Toni Tabs')
  const tokens = [
    await tokenOf(product, email, 'First job'),
    await tokenOf(product, email, 'Second job'),
  ]
  const admin = await signedIn(browser, product, DEMO_PEOPLE.acmeSecondAdmin, '/acme/settings')
  for (const tokenId of tokens) await revokeAsAdmin(admin, tokenId)
  await openAs(page, product, email, INBOX)
  const other = live(await page.context().newPage())
  await other.goto('/acme/settings/profile')
  await expect(bellOf(other)).toHaveAccessibleName(/unread/)
  // Browsers slow down what is behind: the tab that is used is in front.
  await page.bringToFront()

  await page.getByRole('button', { name: 'Mark as read: First job was revoked' }).click()
  const first = page.getByRole('link', { name: 'First job was revoked' })
  await expect(first).toHaveAccessibleName('First job was revoked')
  await expect(first).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('link', { name: 'Second job was revoked' })).toBeFocused()
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(bellOf(page)).toHaveAccessibleName('Notifications')
  await other.bringToFront()
  await expect(bellOf(other)).toHaveAccessibleName('Notifications')
  await page.bringToFront()

  await page.getByRole('link', { name: /^Unread/ }).click()
  await expect(page).toHaveURL(/unread=1/)
  await expect(page.getByText('You have read everything')).toBeVisible()
  await admin.context().close()
})

test('a choice that cannot be saved is shown as it was', async ({ page, product }) => {
  const email = await addPerson(product, 'Rolf Rollback')
  await openAs(page, product, email, PREFERENCES)
  const row = preference(page)
  await page.route('**/settings/profile**', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.fallback(),
  )
  await row.getByRole('radio', { name: 'Off' }).click()
  await expect(row.getByRole('alert')).toContainText('Not saved, and shown as it was.')
  await expect(row.getByRole('radio', { name: 'At once' })).toBeChecked()
  await page.unroute('**/settings/profile**')

  // By keyboard, and there after a reload.
  await row.getByRole('radio', { name: 'At once' }).focus()
  // Held as long as a finger would: the group chooses what the arrow moved to only while it is down.
  await page.keyboard.down('ArrowRight')
  await expect(row.getByRole('radio', { name: 'Daily' })).toBeChecked()
  await page.keyboard.up('ArrowRight')
  await expect(row.getByRole('status')).toHaveText('Saved')
  await page.getByLabel('Time zone').selectOption('America/New_York')
  await expect(page.getByText('Saved')).toHaveCount(2)
  await page.reload()
  await expect(row.getByRole('radio', { name: 'Daily' })).toBeChecked()
  await expect(page.getByLabel('Time zone')).toHaveValue('America/New_York')
  await page.getByRole('button', { name: 'Use this browser’s: Europe/Berlin' }).click()
  await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Berlin')

  const locked = preference(page, 'Retired secret used')
  await expect(locked.getByRole('switch')).toHaveCount(0)
  await expect(locked).toContainText('Always on.')
  await expect(page.getByText('This installation sends no e-mail')).toBeVisible()
})

test.describe('with a mail server', () => {
  let product: Product
  let mail: MailServerFixture

  test.beforeAll(async () => {
    test.setTimeout(120_000)
    mail = await startMailServer()
    product = await startProduct({
      demo: true,
      env: { SMTP_URL: mail.url, MAIL_FROM: 'Fruxon <fruxon@acme.example>' },
    })
  })
  test.afterAll(async () => {
    await product.stop()
    await mail.close()
  })
  const person = (browser: Browser, email: string, path: string) =>
    signedIn(browser, product, email, path)
  const emailsTo = (address: string) =>
    mail.taken.filter(({ recipients }) => recipients.includes(address))

  test('preferences decide what is sent, and the log says so', async ({ browser }) => {
    const email = await addPerson(product, 'Petra Preferences')
    const page = await person(browser, email, PREFERENCES)
    const admin = await person(browser, DEMO_PEOPLE.acmeAdmin, '/acme/settings')
    const row = preference(page)
    await row.getByRole('switch').click()
    await expect(row.getByRole('status')).toHaveText('Saved')
    await choose(row, 'Off')
    await revokeAsAdmin(admin, await tokenOf(product, email, 'Silent job'))
    await choose(row, 'Daily')
    await revokeAsAdmin(admin, await tokenOf(product, email, 'Daily job'))
    await choose(row, 'At once')
    await revokeAsAdmin(admin, await tokenOf(product, email, 'Instant job'))

    // The last one has arrived, so the others would have.
    const subjects = () => emailsTo(email).map(({ subject }) => subject)
    await expect.poll(subjects).toContain('Instant job was revoked')
    expect(subjects()).not.toContain('Silent job was revoked')
    expect(subjects()).not.toContain('Daily job was revoked')

    await page.goto(LOG)
    const logged = (title: string) => page.getByRole('row').filter({ hasText: title })
    await expect(logged('Silent job')).toContainText('You own this token.')
    await expect(logged('Silent job').getByRole('cell', { name: 'Off', exact: true })).toHaveCount(
      2,
    )
    await expect(logged('Daily job')).toContainText('In the next daily e-mail')
    await expect(async () => {
      await page.reload()
      await expect(logged('Instant job')).toContainText(/Sent/, { timeout: 1000 })
    }).toPass()
    await logged('Daily job')
      .getByRole('link', { name: /Change this/ })
      .click()
    await expect(page).toHaveURL(/tab=notifications&kind=token-changed/)
    await expect(preference(page)).toBeInViewport()

    await page.goto(INBOX)
    await expect(page.getByRole('listitem').filter({ hasText: 'job was revoked' })).toHaveCount(0)
    await page.context().close()
    await admin.context().close()
  })

  test('a test arrives in the inbox and in the mailbox', async ({ browser }) => {
    const email = await addPerson(product, 'Tessa Test')
    const page = await person(browser, email, PREFERENCES)
    await page.getByRole('button', { name: 'Send a test' }).click()
    await expect(page.getByText('The test is in your inbox')).toBeVisible()
    await expect(bellOf(page)).toHaveAccessibleName(/unread/)
    await expect
      .poll(() => emailsTo(email).map(({ subject }) => subject))
      .toContain('Test notification')
    await page.context().close()
  })

  test('the link of an e-mail stops its kind, by a press of a button', async ({ browser }) => {
    const email = await addPerson(product, 'Ulla Unsubscribe')
    const admin = await person(browser, DEMO_PEOPLE.acmeAdmin, '/acme/settings')
    await revokeAsAdmin(admin, await tokenOf(product, email, 'Chatty job'))
    await expect.poll(() => emailsTo(email)).toHaveLength(1)
    const link = /https?:\/\/\S+\/unsubscribe\/[\w-]+/.exec(emailsTo(email)[0]?.text ?? '')?.[0]
    expect(link).toBeDefined()

    const stored = () =>
      queryProduct(
        product,
        `SELECT p.kind, p.email::text FROM notification_preferences p JOIN users u ON u.id = p.user_id
         WHERE u.email = $1`,
        [email],
      )
    const context = await browser.newContext({ baseURL: product.url })
    const stranger = await context.newPage()
    await stranger.goto(link ?? '')
    await expect(stranger.getByRole('heading', { name: 'Stop these e-mails?' })).toBeVisible()
    await expect(stranger.getByText(`${email[0]}•••@acme.example`)).toBeVisible()
    await expect(stranger.getByText(email)).toHaveCount(0)
    // As a mail scanner would: looking changes nothing.
    expect(await stored()).toEqual([])
    await stranger.getByRole('button', { name: 'Stop these e-mails' }).click()
    await expect(
      stranger.getByRole('heading', { name: 'These e-mails have stopped' }),
    ).toBeVisible()
    expect(await stored()).toEqual([{ kind: 'token-changed', email: 'OFF' }])
    await stranger.goto('/unsubscribe/made-up')
    await expect(stranger.getByRole('heading', { name: 'This link stops nothing' })).toBeVisible()
    await context.close()

    const page = await person(browser, email, PREFERENCES)
    await expect(preference(page).getByRole('radio', { name: 'Off' })).toBeChecked()
    await page.context().close()
    await admin.context().close()
  })
})
