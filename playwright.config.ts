import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/browser',
  // The second try is only for its trace, which costs too much to be kept of every test: a test that
  // needs one has failed.
  retries: 1,
  failOnFlakyTests: true,
  workers: 3,
  timeout: 90_000,
  globalTimeout: 16 * 60_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  use: {
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    // Fades and slides are waited for before each click; what the product does without them is the same.
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    launchOptions: {
      // scripts/test.mjs names the browser it found; without it Playwright takes its own.
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
})
