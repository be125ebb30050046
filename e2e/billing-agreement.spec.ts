import type { APIResponse, Page } from '@playwright/test'
import { addSubscriber, subscribeSince } from '@/e2e/support/add-subscriber'
import { billPast } from '@/e2e/support/bill-past'
import {
  modelNano,
  type Reading,
  readCsv,
  readInvoicePdf,
  readPage,
  readWire,
  type WireDocument,
} from '@/e2e/support/billing-readings'
import { type Product, startProduct } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { usageReporter } from '@/e2e/support/report-usage'
import { runBilling } from '@/e2e/support/run-billing'
import { openAs } from '@/e2e/support/sign-in'
import { test as base, expect } from '@/e2e/support/test'

/** Somebody who charges tax. */
const SELLER = {
  SELLER_NAME: 'Fruxon GmbH',
  SELLER_ADDRESS: 'Beispielstraße 1 | 10115 Berlin | Germany',
  SELLER_TAX_ID: 'VAT ID DE136695976',
  SELLER_EMAIL: 'billing@fruxon.example',
  SELLER_IBAN: 'DE89 3704 0044 0532 0130 00',
  TAX_NAME: 'VAT',
  TAX_PERCENT: '19',
}

const test = base.extend<object, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const product = await startProduct({ env: SELLER })
      await use(product)
      await product.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

interface WireInvoice extends WireDocument {
  id: string
  number: string
  kind: 'INVOICE' | 'CREDIT_NOTE'
  credit: string
  due: string
  periodStart: number | null
}

const json = async <T>(answer: APIResponse): Promise<T> => {
  expect(answer.status(), answer.url()).toBe(200)
  return (await answer.json()) as T
}

/** Calls of an odd price each, within the period that is over, and within the one under way. */
const PAST = [
  { model: 'gpt-5', daysAgo: 20, inputTokens: 300_000_001, outputTokens: 1_234_567 },
  { model: 'gpt-5-mini', daysAgo: 19, inputTokens: 412_345_679, outputTokens: 333 },
  {
    ...{ provider: 'anthropic', model: 'claude-sonnet-4-5', daysAgo: 18 },
    ...{ inputTokens: 1_000_003, outputTokens: 7 },
  },
]
const PRESENT = [{ model: 'gpt-4o', daysAgo: 1, inputTokens: 2_000_001, outputTokens: 11 }]
const LATE = [{ model: 'gpt-5', daysAgo: 21, inputTokens: 77_777, outputTokens: 1 }]

/**
 * A customer with a period that is billed (fee, models, overage, tax, credit used), a credit note, and a period under
 * way to which something came late.
 */
async function customer(product: Product) {
  const { id, slug, first, second } = await addSubscriber(product, 'TEAM')
  const report = await usageReporter(product, { slug, first })
  await report(PAST)
  await report(PRESENT)
  await billPast(product, id, { daysAgo: 30, cents: -4_950n })
  await subscribeSince(product, slug, { plan: 'TEAM', daysAgo: 40 })
  await runBilling(product, SELLER, ['close', '--organization', slug])
  await report(LATE)
  const [closing] = await queryProduct<{ number: string }>(
    product,
    `SELECT number FROM billing.invoice WHERE organization_id = $1 AND period_from IS NOT NULL`,
    [id],
  )
  const number = closing?.number ?? ''
  const note = ['--by', 'Olga', '--reason', 'Outage', '--line', '1=29.90', '--line', '2=0.07']
  await runBilling(product, SELLER, ['credit-note', '--invoice', number, ...note])
  return { id, slug, finance: second, number }
}

/** What all faces can tell: programs are told quantities in other words, and no dates below a fee. */
function essence({ lines }: Reading) {
  return lines.map(({ nano, cents }) => ({ nano, cents }))
}

async function expectSameDocument(page: Page, slug: string, csv: string, wire: WireInvoice) {
  const { id, number } = wire
  await page.goto(`/${slug}/settings/billing/invoices/${id}`)
  const label = `Lines of ${number}`
  await expect(page.getByRole('table', { name: label })).toBeVisible()
  const shown = await readPage(page, label)
  const printed = await readInvoicePdf(
    await (await page.request.get(`/${slug}/settings/billing/invoices/${id}/pdf`)).body(),
  )
  const served = await readInvoicePdf(
    await (await page.request.get(`/v1/tenants/${slug}/invoices/${id}:pdf`)).body(),
  )
  const told = readWire(wire)
  const exported = readCsv(csv, number)
  expect(printed, `PDF and page of ${number}`).toEqual(shown)
  expect(served, `PDF of the API and of the page of ${number}`).toEqual(printed)
  for (const other of [told, exported]) {
    expect(essence(other), number).toEqual(essence(shown))
    for (const [place, { text }] of other.lines.entries()) {
      expect(shown.lines[place]?.text.startsWith(text), text).toBe(true)
    }
  }
  for (const { sums } of [shown, exported]) {
    expect({ ...told.sums, ...sums }, number).toEqual(told.sums)
    expect(Object.keys(sums)).toEqual(expect.arrayContaining(['subtotal', 'tax', 'total']))
  }
  if (wire.kind === 'INVOICE') {
    expect(shown.sums).toMatchObject({ due: told.sums.due })
    expect(shown.sums.credit ?? 0n).toBe(told.sums.credit)
  }
  expect(shown.sums.subtotal).toBe(sum(shown.lines.map(({ cents }) => cents)))
}

const sum = (amounts: Iterable<bigint>) => [...amounts].reduce((total, one) => total + one, 0n)

/** Nano-USD that the events themselves were rated with, by model, of a time. */
async function ratedEvents(product: Product, id: string, from: number, to: number) {
  const rows = await queryProduct<{ name: string; nano: string }>(
    product,
    `SELECT provider || ' ' || model AS name, sum(input_cost + output_cost) AS nano FROM usage.event
     WHERE organization_id = $1 AND occurred_at >= to_timestamp($2 / 1000.0)
       AND occurred_at < to_timestamp($3 / 1000.0) GROUP BY 1`,
    [id, from, to],
  )
  return new Map(rows.map(({ name, nano }) => [name, BigInt(nano)]))
}

test('page, PDF, CSV and API tell the same amounts, which are those of the events', async ({
  page,
  product,
}) => {
  const { id, slug, finance, number } = await customer(product)
  await openAs(page, product, finance, `/${slug}/settings/billing?tab=invoices`)
  const api = `/v1/tenants/${slug}`
  const { items } = await json<{ items: { id: string }[] }>(
    await page.request.get(`${api}/invoices`),
  )
  const documents: WireInvoice[] = []
  for (const one of items) {
    documents.push(await json(await page.request.get(`${api}/invoices/${one.id}`)))
  }
  expect(documents.map(({ kind }) => kind)).toEqual(['CREDIT_NOTE', 'INVOICE', 'INVOICE'])
  const csv = await (await page.request.get(`/${slug}/settings/billing/export`)).text()
  expect(await (await page.request.get(`${api}/billing:export`)).text()).toBe(csv)
  for (const document of documents) await expectSameDocument(page, slug, csv, document)

  const closing = documents.find((document) => document.number === number)
  expect(closing?.lines.map(({ kind }) => kind)).toEqual([
    ...['PLAN', 'MODEL', 'MODEL', 'MODEL', 'TOKENS'],
  ])
  expect(closing).toMatchObject({ credit: '49.50', lines: [{ amount: '299.00' }, {}, {}, {}, {}] })

  const { openPeriod } = await json<{
    openPeriod: WireDocument & { periodStart: number; periodEnd: number }
  }>(await page.request.get(`${api}/billing`))
  await page.goto(`/${slug}/settings/billing?tab=period`)
  const shown = await readPage(page, 'Lines of the next invoice')
  expect(essence(shown)).toEqual(essence(readWire(openPeriod)))
  expect(shown.lines.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Teamplan/),
    'OpenAIgpt-4o',
    'OpenAIgpt-5',
    // What came late was beyond the allowance of its period, too.
    'Tokensbeyond500,000,000,at$0.12amillion',
  ])
  const { subtotal, tax, total } = readWire(openPeriod).sums
  expect(shown.sums).toMatchObject({ subtotal, tax, total })

  const { periodStart, periodEnd } = openPeriod
  const before = await ratedEvents(product, id, 0, periodStart)
  const present = await ratedEvents(product, id, periodStart, periodEnd)
  const billed = sum(documents.filter(({ kind }) => kind === 'INVOICE').map(modelNano))
  const late = { ...openPeriod, lines: openPeriod.lines.filter(({ isLate }) => isLate) }
  expect(modelNano(late)).toBeGreaterThan(0n)
  expect(billed + modelNano(late)).toBe(sum(before.values()))
  expect(modelNano(openPeriod) - modelNano(late)).toBe(sum(present.values()))
  for (const [name, nano] of before) {
    const lines = [...(closing?.lines ?? []), ...late.lines].filter(
      ({ provider, model }) => `${provider} ${model}` === name,
    )
    expect(modelNano({ ...openPeriod, lines }), name).toBe(nano)
  }
})
