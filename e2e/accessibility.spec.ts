import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { SECTIONS } from '@/app/[tenant]/settings/sections'
import { DEMO_PEOPLE, giveSession, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

/** No database shows in these: scripts/test.mjs leaves them out of a second run of the suite. */
const APPEARANCE = '@appearance'

const VIEWS = [
  ...SECTIONS.map(({ slug }) => `/acme/settings/${slug}`),
  '/acme/settings/agents/fleet-support',
  '/acme/settings/agents/fleet-support?tab=collaborators',
  '/acme/settings/agents/code-review?tab=revisions&revision=3&against=2',
  '/acme/settings/agents/topic-briefing?tab=runs',
  '/acme/settings/agents/topic-briefing?tab=try',
  '/acme/settings/agents/topic-briefing?tab=evaluations',
  '/acme/agents/fleet-support',
  '/acme/settings/api-access?tab=service-accounts',
  '/acme/settings/api-access?tab=leaks',
  '/acme/settings/api-access?tab=policy',
  '/acme/settings/api-access?create=1&preset=builder',
  '/acme/settings/inbound/deliveries',
  '/acme/settings/usage?tab=requests',
  '/acme/settings/profile?tab=security',
  '/acme/settings/profile?tab=notifications',
  '/acme/settings/usage?tab=tokens',
  '/acme/settings/usage?tab=events',
  '/acme/settings/usage?tab=budgets',
  '/acme/settings/integrations/support-desk?tab=mcp',
  '/acme/settings/evaluation-metrics?tab=agents',
  '/acme/settings/evaluation-metrics?tab=datasets',
  '/acme/settings/evaluation-metrics/0e5c0000-0000-7000-8000-000000000001',
  '/acme/settings/evaluation-metrics/0e5c0000-0000-7000-8000-000000000001?tab=try',
  '/acme/settings/model-pricing?q=gemini&model=google%2Fgemini-2.5-pro',
  '/acme/settings/model-pricing?tab=calculator&model=openai%2Fgpt-4o&model=google%2Fgemini-2.5-pro',
  '/acme/settings/model-pricing?tab=what-if',
  '/acme/settings/model-pricing?tab=corrections',
  '/acme/settings/billing?tab=period',
  '/acme/settings/billing?tab=invoices',
  '/acme/settings/billing?tab=details',
  '/acme/notifications',
  '/acme/notifications?tab=log',
]

/** Thousands of elements of few kinds: once in each colour is enough. */
const REFERENCE = '/docs/api'

// Four long tests: shared by the workers instead of one after the other in one of them.
test.describe.configure({ mode: 'parallel' })

/** All rules of axe, or only the one whose answer depends on the colours. */
async function violations(page: Page, rules: 'all' | 'contrast') {
  // Measured at rest: halfway through a fade the contrast is not yet what it will be.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)))
  // There are no frames to gather from, and what passed need not be described: both take most of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const found = await (rules === 'all' ? axe : axe.withRules(['color-contrast'])).analyze()
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' ')}`,
  )
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`every section is free of axe findings, ${colorScheme}, ${width} px`, {
      tag: APPEARANCE,
    }, async ({ browser, baseURL, product }) => {
      // Many views in one test, each loaded and then searched by axe.
      test.setTimeout(VIEWS.length * 40_000)
      // What is no matter of colour is the same in the other scheme at the same width.
      const rules = (colorScheme === 'light') === (width === 1440) ? 'all' : 'contrast'
      const context = await browser.newContext({
        baseURL,
        colorScheme,
        reducedMotion: 'reduce',
        viewport: { width, height: 900 },
      })
      const page = await context.newPage()
      await page.goto('/sign-in')
      expect(await violations(page, rules), '/sign-in').toEqual([])
      await giveSession(context, product, DEMO_PEOPLE.acmeAdmin)
      for (const view of rules === 'all' ? [...VIEWS, REFERENCE] : VIEWS) {
        await page.goto(view)
        await page.getByRole('heading', { level: 1 }).or(page.getByRole('dialog')).first().waitFor()
        expect(await violations(page, rules), view).toEqual([])
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow, `${view} scrolls sideways`).toBeLessThanOrEqual(0)
      }
      await context.close()
    })
  }
}

test('sections, folders and the sidebar agree', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, '/acme/settings/api-access')
  for (const { title, slug } of SECTIONS) {
    const link = page.getByRole('navigation').getByRole('link', { name: title })
    await expect(link).toHaveAttribute('href', `/acme/settings/${slug}`)
  }
})

test('the command menu leads everywhere by keyboard', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeAdmin, '/acme/settings/api-access')
  await expect(page.getByRole('button', { name: 'Create token' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('audit')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/audit-log/)
})
