import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, onTestFinished } from 'vitest'
import { callApi } from '@/e2e/support/api-client'
import { issueToken } from '@/e2e/support/issue-token'
import { type Product, type ProductOptions, startProduct } from '@/e2e/support/product'

/** The life of the process as an operator sees it: start, stop, crash, start again. */

const started: Product[] = []

async function start(options: ProductOptions): Promise<Product> {
  const product = await startProduct({ apiOnly: true, ...options })
  started.push(product)
  return product
}

afterEach(async () => {
  for (const product of started.splice(0).reverse()) await product.stop()
})

const ADA = { organization: 'acme', owner: { email: 'ada@acme.example' } }

it('starts empty with a one-time link to the set-up page, and stops in good order', async () => {
  const product = await start({})
  expect(product.logs()).toMatch(/\/setup\?link=[\w-]{20,}\n/)
  expect((await callApi(product.url, { path: '/healthz' })).status).toBe(200)
  expect(await product.stop()).toBe(0)
})

it('keeps what was committed when it is killed and started again', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'fruxon-killed-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const first = await start({ demo: true, dataDir })
  const { secret } = await issueToken(first, { ...ADA, scopes: ['keys:read'] })
  await first.kill()

  const env = { TOKEN_PEPPER: first.tokenPepper, AUTH_SECRET: first.authSecret }
  const second = await start({ dataDir, env })
  const answer = await callApi(second.url, {
    path: '/v1/tenants/acme/tokens/current',
    token: secret,
  })
  expect(answer.status).toBe(200)
})

it('shares one database between two processes: both accept the same token', async () => {
  const first = await start({ demo: true })
  const second = await start({ sharing: first })
  const { secret } = await issueToken(first, { ...ADA, scopes: ['keys:read'] })
  for (const { url } of [first, second]) {
    const answer = await callApi(url, { path: '/v1/tenants/acme/tokens/current', token: secret })
    expect(answer.status).toBe(200)
  }
})
