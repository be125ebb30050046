import { createTransport, type Transporter } from 'nodemailer'
import type { Environment } from '@/lib/env'

/** What delivery asks of nodemailer. */
export type MailTransport = Pick<Transporter, 'sendMail' | 'verify' | 'close'>

/** A server that says nothing must not hold an e-mail, nor the stop of the process, for longer. */
const PATIENCE_MS = 10_000

/** The way out for e-mail; null without SMTP_URL. Nothing connects until the first e-mail. */
export function openMailTransport(
  environment: Pick<Environment, 'SMTP_URL'>,
): MailTransport | null {
  if (!environment.SMTP_URL) return null
  return createTransport({
    url: environment.SMTP_URL,
    dnsTimeout: PATIENCE_MS,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: 2 * PATIENCE_MS,
    // Facts become text; no text may make the mailer read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}
