import { test as base, expect } from '@playwright/test'
import { live } from '@/e2e/support/live-page'
import { type Product, startProduct } from '@/e2e/support/product'

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
  page: ({ page }, use) => use(live(page)),
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
