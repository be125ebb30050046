import type { Product } from '@/e2e/support/product'
import { queryProduct } from '@/e2e/support/query'
import { expect } from '@/e2e/support/test'
import { EmailLinkSealer } from '@/lib/email/link-sealer'

/** A server for e-mail that does not answer: what is sent stays where a test can read it. */
export const UNANSWERED_EMAIL = {
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'Fruxon <fruxon@acme.example>',
}

/** The path of the newest link that was sent to the address. */
export async function linkTo(product: Product, recipient: string): Promise<string> {
  const sealer = new EmailLinkSealer(product.authSecret)
  let path = ''
  await expect(async () => {
    const rows = await queryProduct<{ id: string; sealed: Buffer }>(
      product,
      `SELECT id, sealed_link AS sealed FROM outgoing_emails
       WHERE recipient = $1 AND sealed_link IS NOT NULL ORDER BY id DESC LIMIT 1`,
      [recipient],
    )
    const row = rows[0]
    expect(row).toBeDefined()
    if (row) path = sealer.open(row.id, row.sealed)
  }).toPass()
  return path
}
