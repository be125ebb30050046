import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAuditEvents } from '@/lib/audit/queries'
import { readBillingDetails, saveBillingDetails } from '@/lib/billing/details'
import { type BillingDetailsInput, billingDetailsSchema } from '@/lib/billing/schema'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

const INPUT: BillingDetailsInput = {
  emails: [' Billing@Example.com', 'cfo@example.com'],
  company: 'Acme GmbH',
  line1: 'Lindenstraße 1',
  line2: '',
  city: 'Berlin',
  region: '',
  postalCode: '10115',
  country: 'DE',
  taxId: { type: 'EU_VAT', value: 'de 136 695 976' },
}

const complaints = (change: Partial<BillingDetailsInput>) => {
  const parsed = billingDetailsSchema.safeParse({ ...INPUT, ...change })
  return parsed.error?.issues.map(({ path, message }) => [path.join('/'), message]) ?? []
}

describe('billing details', () => {
  it('are written by Finance, in one form, and told in the audit trail once', async () => {
    const organization = await product.organization()
    const finance = await organization.member('FINANCE')
    const admin = await organization.member('ADMIN')
    expect(await readBillingDetails(admin)).toBeNull()
    const details = billingDetailsSchema.parse(INPUT)
    const saved = await saveBillingDetails(finance, details)
    expect(saved).toEqual({
      ...INPUT,
      emails: ['billing@example.com', 'cfo@example.com'],
      taxId: { type: 'EU_VAT', value: 'DE136695976' },
    })
    expect(await readBillingDetails(admin)).toEqual(saved)
    await saveBillingDetails(finance, details)
    await saveBillingDetails(finance, { ...details, company: 'Acme SE', taxId: null })
    expect(await readBillingDetails(admin)).toMatchObject({ company: 'Acme SE', taxId: null })
    const { items } = await listAuditEvents(admin, { eventTypes: ['BILLING_DETAILS_CHANGED'] })
    expect(items).toHaveLength(2)
    expect(items[0]?.details).toMatchObject({
      before: { company: 'Acme GmbH', taxId: 'DE136695976' },
      after: { company: 'Acme SE', taxId: null },
    })
    const stranger = await (await product.organization()).member('ADMIN')
    expect(await readBillingDetails(stranger)).toBeNull()
  })

  it('say at each field what is wrong', () => {
    expect(complaints({})).toEqual([])
    expect(complaints({ emails: [] })[0]?.[0]).toBe('emails')
    expect(complaints({ emails: Array.from({ length: 6 }, (_, at) => `a${at}@b.co`) })).toEqual([
      ['emails', 'Enter at most 5 e-mail addresses.'],
    ])
    expect(complaints({ emails: ['a@b.co', 'nobody'] })[0]?.[0]).toBe('emails/1')
    expect(complaints({ emails: ['a@b.co', 'A@B.co '] })).toEqual([
      ['emails/1', 'This address is there already. Remove it.'],
    ])
    expect(complaints({ country: 'XX' })).toEqual([['country', 'Choose the country.']])
    expect(complaints({ company: ' ' })[0]?.[0]).toBe('company')
    expect(complaints({ city: 'a\u0000b' })).toEqual([['city', 'Remove the control characters.']])
    const wrong = { type: 'EU_VAT', value: 'DE136695977' } as const
    expect(complaints({ taxId: wrong })).toEqual([
      [
        'taxId/value',
        'The check digits of this EU VAT number do not fit. Compare it with the original.',
      ],
    ])
  })
})
