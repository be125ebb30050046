import { live } from '@/e2e/support/live-page'
import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, giveSession, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test('a member asks for an agent that they do not see, an admin approves, and the member gets in', async ({
  browser,
  page,
  product,
}) => {
  const path = (agent: string) => `/acme/settings/agents/${agent}`
  // What is there and what is not answer alike.
  const texts: (string | null)[] = []
  for (const agent of ['no-such-agent', 'voice-desk']) {
    await openAs(page, product, DEMO_PEOPLE.acmeMember, path(agent))
    await page.getByLabel('Role', { exact: true }).selectOption('Editor')
    await page.getByLabel('What you need it for').fill('For the morning meeting.')
    await page.getByRole('button', { name: 'Ask for access' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Sent' })).toBeVisible()
    texts.push(await page.getByRole('main').textContent())
  }
  expect(texts[0]).toBe(texts[1])
  const waiting = () =>
    queryProduct<{ agent: string }>(
      product,
      `SELECT a.id AS agent FROM agents.access_request r JOIN agents.agent a ON a.uid = r.agent_uid
       JOIN users u ON u.id = r.user_id WHERE u.email = $1`,
      [DEMO_PEOPLE.acmeMember],
    )
  await expect.poll(waiting).toEqual([{ agent: 'voice-desk' }])

  const context = await browser.newContext({ baseURL: product.url })
  await giveSession(context, product, DEMO_PEOPLE.acmeAdmin)
  const admin = live(await context.newPage())
  await admin.goto(`${path('voice-desk')}?tab=collaborators`)
  const request = admin.getByRole('listitem').filter({ hasText: 'asks to be Editor' })
  await expect(request).toContainText('For the morning meeting.')
  await request.getByRole('button', { name: 'Approve Linus Berg' }).click()
  await expect(request).toHaveCount(0)
  await expect(admin.getByLabel('Role of Linus Berg')).toHaveValue('EDITOR')
  await context.close()

  await page.goto(`${path('voice-desk')}?tab=collaborators`)
  await page.getByRole('button', { name: /^Your alerts/ }).click()
  await page.getByRole('switch', { name: 'Failed runs' }).click()
  await expect(page.getByRole('button', { name: 'Your alerts: 1 of 2' })).toBeVisible()
  await page.keyboard.press('Escape')
  // And asks for more, and thinks better of it.
  await page.getByRole('button', { name: 'Ask for access' }).click()
  await expect(page.getByRole('heading', { name: 'You asked to be Admin' })).toBeVisible()
  await page.getByRole('button', { name: 'Take back' }).click()
  await expect(page.getByRole('heading', { name: 'Ask for more' })).toBeVisible()
})
