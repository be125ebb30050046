import type { BillingPort } from '@/lib/billing/charge'
import type { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { Environment } from '@/lib/env'
import { type DocumentNews, documentNews } from '@/lib/invoices/document-news'
import { partiesWith } from '@/lib/invoices/invoice-parties'
import type { Seller, Tax } from '@/lib/invoices/invoice-snapshot'
import { invoicing } from '@/lib/invoices/invoicing'

/** Who issues invoices here, and how: of one installation. */
export interface Issuer {
  seller: Seller
  /** Null: none is charged. */
  tax: Tax | null
  /** Of documents that it prints: for `renderInvoicePdf`. */
  fallbackFonts: readonly string[]
  news: DocumentNews
  /** Where subscriptions bring their charges. @param now epoch ms at which invoices are issued */
  portAt(now: number): BillingPort
}

/** Stands on invoices where nobody has said who sells, and says so. */
const DEMO_SELLER: Seller = {
  name: 'Demo seller',
  lines: ['This is a demo: nobody asks for this money.', 'Set SELLER_NAME to sell as yourself.'],
  email: null,
  taxIds: [],
  payment: ['Nothing is to be paid to a demo seller.'],
}

/** By the variables of lib/seller-env.ts; a demo seller where none is set. */
export function openIssuer(environment: Environment, sealer: EmailLinkSealer): Issuer {
  const { TAX_NAME: name, TAX_PERCENT: basisPoints, TAX_NOTE: note } = environment
  const seller = sellerOf(environment)
  const tax =
    name !== undefined && basisPoints !== undefined
      ? { name, basisPoints, note: note ?? null }
      : null
  const news = documentNews(sealer)
  return {
    seller,
    tax,
    fallbackFonts: environment.PDF_FALLBACK_FONTS,
    news,
    portAt: (now) => invoicing(now, partiesWith(seller, tax), news),
  }
}

function sellerOf(environment: Environment): Seller {
  const { SELLER_NAME: name, SELLER_ADDRESS: lines } = environment
  const { SELLER_EMAIL: email, SELLER_TAX_ID: taxId } = environment
  if (name === undefined || lines === undefined) return DEMO_SELLER
  const { SELLER_IBAN: iban, SELLER_BIC: bic, SELLER_PAYMENT: payment } = environment
  const account = iban === undefined ? [] : [`Bank transfer to ${name}`, `IBAN ${iban}`]
  return {
    name,
    lines,
    email: email ?? null,
    taxIds: taxId === undefined ? [] : [taxId],
    payment: [...account, ...(bic === undefined ? [] : [`BIC ${bic}`]), ...(payment ?? [])],
  }
}
