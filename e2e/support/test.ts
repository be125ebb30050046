import { test as base, expect } from '@playwright/test'
import { type Product, startProduct } from '@/e2e/support/product'
import { untilLive } from '@/e2e/support/sign-in'

const START_WITHIN_MS = 120_000

/**
 * Playwright's `test` with a product of its own for each worker, demo organizations inside. A spec that
 * needs an untouched or a specially configured product starts one itself (`startProduct`).
 */
export const test = base.extend<{ baseURL: string; productLog: undefined }, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const product = await startProduct({ demo: true })
      await use(product)
      await product.stop()
    },
    { scope: 'worker', timeout: START_WITHIN_MS },
  ],
  baseURL: ({ product }, use) => use(product.url),
  page: async ({ page }, use) => {
    const load = page.goto.bind(page)
    page.goto = async (...target) => {
      const response = await load(...target)
      await untilLive(page)
      return response
    }
    await use(page)
  },
  productLog: [
    async ({ product }, use, testInfo) => {
      const begin = product.logs().length
      await use(undefined)
      if (testInfo.status === testInfo.expectedStatus) return
      const { exitCode, signalCode } = product.process
      const end = `exit code ${exitCode}, signal ${signalCode}`
      const body = `${product.logs().slice(begin)}\n${end}\n`
      await testInfo.attach('product.log', { body, contentType: 'text/plain' })
    },
    { auto: true },
  ],
})

export { expect }
