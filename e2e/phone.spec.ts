import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

test.use({ viewport: { width: 390, height: 844 } })

for (const path of [
  '/acme/settings/team',
  '/acme/settings/evaluation-metrics',
  '/acme/settings/usage?tab=budgets',
]) {
  test(`what one can do to the rows of ${path} is in sight on a phone`, async ({
    page,
    product,
  }) => {
    await openAs(page, product, DEMO_PEOPLE.acmeAdmin, path)
    const table = page.getByRole('table').first()
    const menu = table.getByRole('button', { name: /^Actions for / }).first()
    await menu.scrollIntoViewIfNeeded()
    await expect(menu).toBeInViewport({ ratio: 1 })
    // The table is wider than the screen, and was not moved to get there.
    const { room, moved } = await table.evaluate(({ parentElement: region }) => ({
      room: (region?.scrollWidth ?? 0) - (region?.clientWidth ?? 0),
      moved: region?.scrollLeft,
    }))
    expect(room).toBeGreaterThan(0)
    expect(moved).toBe(0)
    await menu.click()
    await expect(page.getByRole('menuitem').first()).toBeVisible()
  })
}
