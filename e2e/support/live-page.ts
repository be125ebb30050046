import type { Page } from '@playwright/test'
import { untilLive } from '@/e2e/support/sign-in'

/** The same page, but that loading it waits for its scripts: whoever comes next can press at once. */
export function live(page: Page): Page {
  const [load, loadAgain] = [page.goto.bind(page), page.reload.bind(page)]
  page.goto = async (...target) => {
    const response = await load(...target)
    await untilLive(page)
    return response
  }
  page.reload = async (...options) => {
    const response = await loadAgain(...options)
    await untilLive(page)
    return response
  }
  return page
}
