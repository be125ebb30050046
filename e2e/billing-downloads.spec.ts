import { queryProduct } from '@/e2e/support/query'
import { DEMO_PEOPLE, openAs } from '@/e2e/support/sign-in'
import { expect, test } from '@/e2e/support/test'

interface Row {
  id: string
  slug: string
  number: string
  total: string
}

const DOCUMENTS = `SELECT i.id, o.slug, i.number, i.total_cents AS total FROM billing.invoice i
  JOIN organizations o ON o.id = i.organization_id ORDER BY i.issued_at`

test('finance downloads invoices as PDF and all lines as CSV, which nobody keeps on the way', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeFinance)
  const all = await queryProduct<Row>(product, DOCUMENTS)
  const own = all.filter(({ slug }) => slug === 'acme')
  expect(own.length).toBeGreaterThan(1)
  for (const { id, number } of own) {
    const path = `/acme/settings/billing/invoices/${id}/pdf`
    const answer = await page.request.get(path)
    expect(answer.headers()).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${number}.pdf"`,
      'cache-control': 'no-store',
    })
    const bytes = await answer.body()
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await (await page.request.get(path)).body()).equals(bytes)).toBe(true)
  }

  const csv = await (await page.request.get('/acme/settings/billing/export')).text()
  const [header = '', ...lines] = csv.trimEnd().split('\r\n')
  const gross = header.split(',').indexOf('gross_usd') - header.split(',').length
  for (const { number, total } of own) {
    const sum = lines
      .filter((line) => line.startsWith(`${number},`))
      .reduce((cents, line) => cents + Math.round(Number(line.split(',').at(gross)) * 100), 0)
    expect(sum, number).toBe(Number(total))
  }
  const nothing = await page.request.get('/acme/settings/billing/export?from=2999-01-01')
  expect((await nothing.text()).trimEnd()).toBe(header)
  for (const day of ['yesterday', '2026-02-31', '2026-1-1']) {
    const wrong = await page.request.get(`/acme/settings/billing/export?from=${day}`)
    expect(wrong.status(), day).toBe(400)
  }

  const foreign = all.find(({ slug }) => slug === 'globex')
  const missing = '01890000-0000-7000-8000-000000000000'
  for (const id of [foreign?.id, missing, 'x']) {
    const answer = await page.request.get(`/acme/settings/billing/invoices/${id}/pdf`)
    expect(answer.status(), id).toBe(404)
  }
})

test('a member downloads nothing', async ({ page, product }) => {
  await openAs(page, product, DEMO_PEOPLE.acmeMember)
  const [own] = (await queryProduct<Row>(product, DOCUMENTS)).filter(({ slug }) => slug === 'acme')
  for (const path of [`invoices/${own?.id}/pdf`, 'export']) {
    const answer = await page.request.get(`/acme/settings/billing/${path}`)
    expect(answer.status(), path).toBe(404)
    expect(await answer.text()).toBe('There is nothing here.\n')
  }
})

test('downloads that are only asked after hold no connection to the database', async ({
  page,
  product,
}) => {
  await openAs(page, product, DEMO_PEOPLE.acmeFinance)
  // More than there are connections.
  for (let call = 0; call < 30; call++) {
    for (const section of ['billing', 'usage']) {
      const answer = await page.request.head(`/acme/settings/${section}/export`)
      expect([answer.status(), (await answer.body()).length]).toEqual([200, 0])
    }
  }
  await page.goto('/acme/settings/billing?tab=invoices')
  await expect(page.getByRole('link', { name: /^INV-/ }).first()).toBeVisible()
})
