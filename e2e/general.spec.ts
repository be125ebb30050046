import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs, untilLive } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'
import { DEMO_PASSWORD } from '@/lib/auth/demo'

const GENERAL = '/globex/settings/general'

const sidebar = (page: Page) => page.getByRole('complementary', { name: 'Organization' })
const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })

test('a new name and website are saved, and the sidebar follows', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.globexAdmin, GENERAL)
  const name = page.getByLabel('Name', { exact: true })
  const before = await name.inputValue()
  await name.fill('Globex Reborn')
  await page.getByRole('textbox', { name: 'Website' }).fill('globex.example')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(sidebar(page).getByText('Globex Reborn')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Website' })).toHaveValue('https://globex.example')
  await page.getByRole('textbox', { name: 'Website' }).fill('javascript:alert(1)')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Enter a web address such as')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await name.fill(before)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(sidebar(page).getByText(before)).toBeVisible()
  const events = await queryProduct(
    product,
    `SELECT 1 FROM audit.event WHERE event_type = 'ORGANIZATION_UPDATED'`,
  )
  expect(events.length).toBeGreaterThanOrEqual(2)
})

test('a logo is uploaded, shown in the sidebar, cached for ever, and removed', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.globexAdmin, GENERAL)
  const logo = card(page, 'Logo')
  const shown = sidebar(page).locator('img')
  const file = { name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') }
  await logo.locator('input[type=file]').setInputFiles(file)
  await expect(logo.getByText('Choose a PNG, JPEG, WebP, GIF or AVIF file')).toBeVisible()
  // What only calls itself a picture gets as far as the server.
  await logo.locator('input[type=file]').setInputFiles({ ...file, mimeType: 'image/png' })
  await expect(logo.getByText('This is no picture that we can show')).toBeVisible()
  await expect(shown).toHaveCount(0)

  const buffer = await sharp({
    create: { width: 300, height: 200, channels: 3, background: 'red' },
  })
    .png()
    .toBuffer()
  await logo
    .locator('input[type=file]')
    .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer })
  await expect(shown).toHaveCount(1)
  await expect(logo.getByRole('button', { name: 'Replace logo' })).toBeVisible()
  const src = (await shown.getAttribute('src')) ?? ''
  const answer = await page.request.get(src)
  expect(answer.status()).toBe(200)
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'",
    'cross-origin-resource-policy': 'cross-origin',
  })
  const etag = answer.headers().etag ?? ''
  const again = await page.request.get(src, { headers: { 'if-none-match': `"other", W/${etag}` } })
  expect(again.status()).toBe(304)
  for (const wrong of [src.replace('64.webp', '65.webp'), '/pictures/x/64.webp', '/pictures']) {
    expect((await page.request.get(wrong)).status(), wrong).toBe(404)
  }

  await logo.getByRole('button', { name: 'Remove' }).click()
  await expect(shown).toHaveCount(0)
  await expect(logo.getByRole('button', { name: 'Upload logo' })).toBeFocused()
  expect((await page.request.get(src)).status()).toBe(404)
})

test('a logo can be pasted and dropped', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.globexAdmin, GENERAL)
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'blue' } })
    .png()
    .toBuffer()
  const logo = card(page, 'Logo')
  const transfer = await page.evaluateHandle(
    (bytes) => {
      const files = new DataTransfer()
      files.items.add(new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' }))
      return files
    },
    [...png],
  )
  await page.evaluate((clipboardData) => {
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, transfer)
  const shown = sidebar(page).locator('img')
  await expect(shown).toHaveCount(1)
  const pasted = await shown.getAttribute('src')
  await logo
    .getByText('Or drop or paste one here')
    .dispatchEvent('drop', { dataTransfer: transfer })
  await expect(shown).not.toHaveAttribute('src', pasted ?? '')
  await logo.getByRole('button', { name: 'Remove' }).click()
  await expect(shown).toHaveCount(0)
})

test('the address changes, and old links lead to the same page', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.globexAdmin, GENERAL)
  const address = page.getByRole('textbox', { name: 'Address' })
  await address.fill('acme')
  await expect(page.getByText('This address is taken')).toBeVisible()
  await address.fill('Globex Corp')
  await expect(page.getByText('Use lower-case letters')).toBeVisible()
  await address.fill('globex-corp')
  await expect(page.getByText('This address is free.')).toBeVisible()
  await expect(card(page, 'Address').getByText(/\/globex-corp\/settings$/)).toBeVisible()
  await page.getByRole('button', { name: 'Change address' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog.getByText(/Nobody else can ever take/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Change address' }).click()
  await expect(page).toHaveURL(/\/globex-corp\/settings\/general$/)
  await expect(address).toHaveValue('globex-corp')

  await page.goto('/globex/settings/api-access?tab=policy')
  await expect(page).toHaveURL(/\/globex-corp\/settings\/api-access\?tab=policy$/)
  await page.goto('/globex')
  await expect(page).toHaveURL(/\/globex-corp\/settings\//)

  await page.goto('/globex-corp/settings/general')
  await address.fill('globex')
  await expect(page.getByText('You had this address before')).toBeVisible()
  await page.getByRole('button', { name: 'Change address' }).click()
  await dialog.getByRole('button', { name: 'Change address' }).click()
  await expect(page).toHaveURL(/\/globex\/settings\/general$/)
})

test('an old address is a 404 to those who do not belong', async ({ page, product }) => {
  await queryProduct(
    product,
    `INSERT INTO organization_addresses (slug, organization_id, retired_at)
     SELECT 'globex-before', id, now() FROM organizations WHERE slug = 'globex'
     ON CONFLICT DO NOTHING`,
  )
  await openAs(page, product, DEMO_PEOPLE.acmeMember)
  const [old, none] = [
    await page.request.get('/globex-before/settings/general'),
    await page.request.get('/never-anybody/settings/general'),
  ]
  expect([old.status(), none.status()]).toEqual([404, 404])
})

test('deletion is asked for by name, shown, and called off', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.globexAdmin, GENERAL)
  const name = await page.getByLabel('Name', { exact: true }).inputValue()
  await page.getByRole('button', { name: 'Delete organization' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('textbox').fill('not this')
  await dialog.getByRole('button', { name: 'Delete organization' }).click()
  await expect(dialog.getByText(/exactly to continue/)).toBeVisible()
  await dialog.getByRole('textbox').fill(name)
  await dialog.getByRole('button', { name: 'Delete organization' }).click()
  await expect(page.getByText('This organization will be deleted')).toBeInViewport()
  await expect(page.getByRole('button', { name: 'Delete organization' })).toHaveCount(0)
  const mails = await queryProduct(
    product,
    `SELECT 1 FROM outgoing_emails WHERE template = 'organization-deletion'`,
  )
  expect(mails.length).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Restore organization' }).click()
  await expect(page.getByText('This organization will be deleted')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Delete organization' })).toBeVisible()
})

test('a stale proof of identity is renewed on the way', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.globexAdmin, GENERAL)
  await queryProduct(
    product,
    `UPDATE sessions SET reauthenticated_at = now() - interval '1 hour' WHERE user_id =
       (SELECT id FROM users WHERE email = $1)`,
    [DEMO_PEOPLE.globexAdmin],
  )
  const name = await page.getByLabel('Name', { exact: true }).inputValue()
  await page.getByRole('button', { name: 'Delete organization' }).click()
  await page.getByRole('alertdialog').getByRole('textbox').fill(name)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete organization' }).click()
  const confirm = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await confirm.getByLabel('Password').fill(DEMO_PASSWORD)
  await confirm.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('This organization will be deleted')).toBeVisible()
  await page.getByRole('button', { name: 'Restore organization' }).click()
  await expect(page.getByText('This organization will be deleted')).toHaveCount(0)
})

test('a member reads the facts and changes nothing', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, '/acme/settings/general')
  await expect(page.getByText(/only admins change/i)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy organization id' })).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Delete organization' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Leave organization' })).toBeVisible()
})

test('another organization is created from the switcher', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember, '/acme/settings/general')
  await sidebar(page)
    .getByRole('button', { name: /Switch organization/ })
    .click()
  await page.getByRole('menuitem', { name: 'Create organization' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create organization' })
  await dialog.getByLabel('Organization name').fill('Acme')
  await expect(dialog.getByLabel('Address')).toHaveValue('acme')
  await dialog.getByRole('button', { name: 'Create organization' }).click()
  await expect(dialog.getByText('This address is taken')).toBeVisible()
  await dialog.getByLabel('Organization name').fill('Åkers & Söner AB')
  await expect(dialog.getByLabel('Address')).toHaveValue('akers-soner-ab')
  await dialog.getByRole('button', { name: 'Create organization' }).click()
  await expect(page).toHaveURL(/\/akers-soner-ab\/settings\/general$/)
  await untilLive(page)
  await expect(sidebar(page).getByText('Åkers & Söner AB')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Åkers & Söner AB')

  await page.getByRole('button', { name: 'Leave organization' }).click()
  const leaving = page.getByRole('alertdialog')
  await leaving.getByRole('button', { name: 'Leave organization' }).click()
  await expect(leaving.getByText(/Make somebody else an admin first/)).toBeVisible()
})

test('whoever leaves the last organization can make one', async ({ page, product }) => {
  // Somebody who belongs to this test alone: others need the people of the demo.
  const email = 'lena@globex.example'
  await queryProduct(
    product,
    `WITH person AS (
       INSERT INTO users (id, email, display_name, password_hash)
       SELECT gen_random_uuid(), $1, 'Lena Lund', password_hash FROM users WHERE email = $2
       RETURNING id)
     INSERT INTO memberships (organization_id, user_id, role)
     SELECT organizations.id, person.id, 'MEMBER' FROM person, organizations WHERE slug = 'globex'`,
    [email, DEMO_PEOPLE.globexMember],
  )
  await openAs(page, product, email, GENERAL)
  await page.getByRole('button', { name: 'Leave organization' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave organization' }).click()
  await expect(page.getByText('You are in no organization')).toBeVisible()
  await untilLive(page)
  await page.getByRole('button', { name: 'Create organization' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create organization' })
  await dialog.getByLabel('Organization name').fill('Lena Alone')
  await dialog.getByRole('button', { name: 'Create organization' }).click()
  await expect(page).toHaveURL(/\/lena-alone\/settings\/general$/)
})
