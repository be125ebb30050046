import type { Page } from '@playwright/test'
import { untilLive } from '@/e2e/support/sign-in'

/** The same page, but that opening an address waits for its scripts: whoever comes next can press at once. */
export function live(page: Page): Page {
  const load = page.goto.bind(page)
  page.goto = async (...target) => {
    const response = await load(...target)
    await untilLive(page)
    return response
  }
  return page
}
