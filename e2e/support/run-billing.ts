import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Product } from '@/e2e/support/product'

const PROGRAM = resolve(import.meta.dirname, '../../dist/billing.mjs')
const run = promisify(execFile)

/**
 * `npm run billing -- …` beside the product, in its environment. @returns what it says
 * @throws Error with what it says where it refuses
 */
export async function runBilling(
  product: Product,
  env: Record<string, string>,
  args: readonly string[],
): Promise<string> {
  const { stdout } = await run(process.execPath, [PROGRAM, ...args, '--yes'], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: product.databaseUrl,
      TOKEN_PEPPER: product.tokenPepper,
      AUTH_SECRET: product.authSecret,
      ...env,
    },
  })
  return stdout
}
