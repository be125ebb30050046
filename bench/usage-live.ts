import { chromium } from '@playwright/test'
import { number, percentile, table } from '@/bench/statistics'
import { addOrganization } from '@/e2e/support/add-organization'
import { startProduct } from '@/e2e/support/product'
import { usageReporter } from '@/e2e/support/report-usage'
import { openAs, untilLive } from '@/e2e/support/sign-in'

/** Uneven, so that reports meet every moment of the signals' clocks. */
const PAUSES_MS = [350, 900, 1400, 2100]

/**
 * From the answer to a report, when its event is committed, until an open page shows the new total, in a browser
 * beside the server. The pages are the built ones.
 */
export async function measureLivePage(reports: number, browserPath: string): Promise<void> {
  const product = await startProduct({ demo: true })
  const browser = await chromium.launch({
    ...(browserPath ? { executablePath: browserPath } : {}),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
  try {
    const organization = await addOrganization(product)
    const report = await usageReporter(product, organization)
    await report([{}])
    const page = await browser.newPage({ baseURL: product.url })
    await openAs(page, product, organization.first, `/${organization.slug}/settings/usage`)
    await untilLive(page)
    await page.getByText('Live', { exact: true }).waitFor()
    const times: number[] = []
    for (let calls = 2; calls <= reports + 1; calls++) {
      await page.waitForTimeout(PAUSES_MS[calls % PAUSES_MS.length] ?? 0)
      await report([{}])
      const committed = performance.now()
      await page
        .getByRole('region', { name: 'Totals' })
        .getByText(String(calls), { exact: true })
        .waitFor()
      times.push(performance.now() - committed)
    }
    const sorted = times.sort((one, other) => one - other)
    const at = (part: number) => number(percentile(sorted, part))
    console.log(
      table(
        ['from the commit until', 'reports', 'p50 ms', 'p95 ms', 'max ms'],
        [['an open page shows it', number(sorted.length), at(0.5), at(0.95), at(1)]],
      ),
    )
  } finally {
    await browser.close()
    await product.stop()
  }
}
