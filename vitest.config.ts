import { configDefaults, defineConfig } from 'vitest/config'

/** The path alias of tsconfig.json. */
const alias = [{ find: /^@\//, replacement: `${import.meta.dirname}/` }]

/** Where the tests run on another server, what the embedded one does is no question: the first run has asked it. */
const elsewhere = process.env.TEST_DATABASE_URL ? ['lib/db/embedded.test.ts'] : []

/** So long `expect.poll` asks where a test says no time of its own: a second is little on a machine that is busy. */
const POLL_MS = 10_000

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        extends: true,
        test: {
          // Rules and the core, the latter on a real database.
          name: 'unit',
          include: ['{lib,components,app,scripts,cli,prisma}/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...elsewhere],
          globalSetup: 'lib/testing/global-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: POLL_MS } },
          // Much of the time is waiting for the database: one worker, as two cores would get, leaves it idle.
          pool: 'threads',
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          // The built product from outside, over HTTP.
          name: 'api',
          include: ['e2e/api/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: POLL_MS } },
          // Each file starts a server of its own.
          maxWorkers: 2,
        },
      },
    ],
  },
})
