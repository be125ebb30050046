import type { Locator, Page } from '@playwright/test'
import { addOrganization } from '@/e2e/support/add-organization'
import { addPerson } from '@/e2e/support/add-person'
import { live } from '@/e2e/support/live-page'
import {
  addAuthenticator,
  codeOf,
  keyIn,
  setUpApp,
  takeRecoveryCodes,
} from '@/e2e/support/second-factor'
import { openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

const SECURITY = '/acme/settings/profile?tab=security'

test('an app is set up by its key; the recovery codes are shown once and must be taken', async ({
  page,
  product,
}) => {
  await openAs(page, product, await addPerson(product, 'Anna App'), SECURITY)
  await page.getByRole('button', { name: 'Set up app' }).click()
  const setup = page.getByRole('dialog', { name: 'Set up an authenticator app' })
  const key = await keyIn(setup)
  const code = setup.getByLabel('Code that the app shows')
  await code.fill('12345')
  await setup.getByRole('button', { name: 'Turn on' }).click()
  await expect(code).toHaveAccessibleDescription(/not right/)
  await expect(code).toBeFocused()
  await code.fill(codeOf(key))
  await setup.getByRole('button', { name: 'Turn on' }).click()

  const shown = page.getByRole('dialog', { name: 'Store your recovery codes' })
  await expect(shown.getByRole('listitem')).toHaveCount(10)
  await page.keyboard.press('Escape')
  // It looks disabled, and says why when it is pressed.
  await shown.getByRole('button', { name: 'Done' }).press('Enter')
  await expect(shown.getByText(/before closing/)).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    shown.getByRole('link', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('fruxon-recovery-codes.txt')
  await shown.getByRole('button', { name: 'Print' }).click()
  const [first = ''] = await takeRecoveryCodes(page)
  // What was printed does not stay behind in the page.
  await expect.poll(() => page.frames().length).toBe(1)
  expect(first).toMatch(/^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/)
  await expect(page.getByText('10 of 10 left')).toBeVisible()
  expect(await (await page.request.get(SECURITY)).text()).not.toContain(first)
  expect(product.logs()).not.toContain(first)

  await page.getByRole('button', { name: 'Renew codes…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Renew codes' }).click()
  expect(await takeRecoveryCodes(page)).not.toContain(first)

  await page.getByRole('button', { name: 'Remove…' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('your password alone signs you in')
  await question.getByRole('button', { name: 'Remove app' }).click()
  await expect(page.getByRole('button', { name: 'Set up app' })).toBeVisible()
  await expect(page.getByText(/of 10 left/)).toHaveCount(0)
})

test('an app is set up by keyboard alone', async ({ page, product }) => {
  await openAs(page, product, await addPerson(product, 'Kim Keyboard'), SECURITY)
  await tabTo(page, page.getByRole('button', { name: 'Set up app' }))
  await page.keyboard.press('Enter')
  const setup = page.getByRole('dialog', { name: 'Set up an authenticator app' })
  const key = await keyIn(setup)
  await tabTo(page, setup.getByLabel('Code that the app shows'))
  await page.keyboard.type(codeOf(key))
  await page.keyboard.press('Enter')
  const shown = page.getByRole('dialog', { name: 'Store your recovery codes' })
  await expect(shown.getByRole('button', { name: 'Copy codes' })).toBeFocused()
  await tabTo(page, shown.getByLabel('I have stored them'))
  await page.keyboard.press('Space')
  await tabTo(page, shown.getByRole('button', { name: 'Done' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^On since/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Remove…' })).toBeFocused()
})

test('a passkey is added, renamed and removed', async ({ page, product }) => {
  await openAs(page, product, await addPerson(product, 'Paul Passkey'), SECURITY)
  await addAuthenticator(page)
  await page.getByRole('button', { name: 'Add passkey' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' })
  await dialog.getByLabel('Name').fill('')
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(/Enter a name/)
  await dialog.getByLabel('Name').fill('Laptop')
  await dialog.getByRole('button', { name: 'Continue' }).click()
  expect(await takeRecoveryCodes(page)).toHaveLength(10)
  const passkeys = page.getByRole('table', { name: 'Your passkeys' })
  await expect(passkeys.getByRole('row', { name: /Laptop.*Synced/ })).toContainText('Never')

  await page.getByRole('button', { name: 'Add passkey' }).click()
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog).toContainText('holds a passkey of yours already')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('button', { name: 'Actions for Laptop' }).click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Work laptop')
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('button', { name: 'Actions for Work laptop' }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove passkey' }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  await expect(passkeys).toHaveCount(0)
})

test('where two-factor is required, a member sees nothing else before they have it', async ({
  page,
  browser,
  baseURL,
  product,
}) => {
  const { slug, first: admin, second: member } = await addOrganization(product)
  const team = `/${slug}/settings/team`
  await openAs(page, product, admin, team)
  await page.getByRole('link', { name: 'Go to your security' }).click()
  await setUpApp(page)
  await page.goto(team)
  await page.getByRole('button', { name: 'Require two-factor authentication…' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('1 of 2 members has no second factor.')
  await question.getByRole('button', { name: 'Require two-factor authentication' }).click()
  await question.waitFor({ state: 'detached' })
  await expect(page.getByText('Required', { exact: true })).toBeVisible()

  const theirs = await browser.newContext({ baseURL })
  const guest = live(await theirs.newPage())
  await openAs(guest, product, member, team)
  await expect(guest).toHaveURL(`/${slug}/settings/profile?tab=security`)
  await expect(guest.getByText(/requires two-factor authentication/)).toBeVisible()
  await guest.goto(`/${slug}/settings/api-access`)
  await expect(guest).toHaveURL(`/${slug}/settings/profile?tab=security`)
  await setUpApp(guest)
  await expect(guest.getByText(/requires two-factor authentication/)).toHaveCount(0)
  await guest.getByRole('link', { name: 'Team' }).click()
  await expect(guest.getByRole('table', { name: 'Members' })).toBeVisible()
  await expect(guest.getByRole('columnheader', { name: 'Two-factor' })).toHaveCount(0)
  await guest.goto(`/${slug}/settings/profile?tab=security`)
  await guest.getByRole('button', { name: 'Remove…' }).click()
  await guest.getByRole('alertdialog').getByRole('button', { name: 'Remove app' }).click()
  await expect(guest.getByRole('alertdialog')).toContainText('requires a second factor')
  await theirs.close()
})

test('admins see who has no second factor', async ({ page, product }) => {
  const { slug, first: admin, second: member } = await addOrganization(product)
  await openAs(page, product, admin, `/${slug}/settings/profile?tab=security`)
  await setUpApp(page)
  await page.goto(`/${slug}/settings/team`)
  const members = page.getByRole('table', { name: 'Members' })
  await expect(members.getByRole('row', { name: /Admin/ })).toContainText('On app')
  await expect(members.getByRole('row', { name: member })).toContainText('Off')
  await page.getByRole('button', { name: 'Two-factor', exact: true }).first().click()
  await page.getByRole('menuitemcheckbox', { name: 'Without two-factor' }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/twoFactor=off/)
  await expect(members.getByRole('row')).toHaveCount(2)
  await page.reload()
  await expect(members.getByRole('row')).toHaveCount(2)
  await expect(members.getByRole('row', { name: member })).toBeVisible()
})

/** Presses Tab until the control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor()
  for (let presses = 0; presses < 40; presses++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(control).toBeFocused()
}
