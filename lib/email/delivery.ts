import type pg from 'pg'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { STORED_BY_NOW } from '@/lib/db/this-moment'
import type { EmailFacts, EmailTemplate } from '@/lib/email/model'
import type { RenderedEmail } from '@/lib/email/render'
import { causeOf } from '@/lib/email/send-failure'
import type { MailTransport } from '@/lib/email/transport'
import type { Runtime } from '@/lib/runtime'

export type DeliveryRuntime = Pick<Runtime, 'db' | 'environment' | 'log'> & {
  crypto: Pick<Runtime['crypto'], 'emailLinks'>
  /** Without it nothing is attached. */
  attachmentsOf?: EmailAttachments
}

interface Attachment {
  filename: string
  contentType: string
  content: Buffer
}

/** What goes with an e-mail: of features above this one, and made at each attempt. */
export type EmailAttachments = (
  email: Pick<WaitingEmail, 'template' | 'facts'>,
) => Promise<Attachment[]>

/** How often a server is asked to take an e-mail; the waits between add up to about 18 hours. */
export const MOST_ATTEMPTS = 8

const IS_DUE = `state = 'WAITING' AND next_attempt_at <= ${STORED_BY_NOW}`

/** After n refusals the next try is 3ⁿ⁻¹ minutes after this one: 1, 3, 9, 27 … */
const NEXT_ATTEMPT = `clock_timestamp() + interval '1 minute' * 3 ^ ($2::int - 1)`

interface WaitingEmail {
  id: string
  recipient: string
  template: EmailTemplate
  facts: EmailFacts[EmailTemplate]
  sealedLink: Buffer | null
  attempts: number
  /** Whether its link is of no use any more. */
  ended: boolean
}

/**
 * Sends what is due, one e-mail after the other, each in a transaction of its own that holds the row: of
 * any number of processes one sends it. Whoever crashes after sending sends again, with the same
 * Message-ID. A server that cannot be reached counts against no e-mail: all go on waiting.
 * @param transport null where no server is set; then all wait
 * @param stop once aborted, no further e-mail is begun
 */
export async function deliverWaiting(
  runtime: DeliveryRuntime,
  transport: MailTransport | null,
  stop?: AbortSignal,
): Promise<void> {
  if (!transport || !(await isAnyDue(runtime)) || !(await isReachable(runtime, transport))) return
  // Here and not above: the templates cost memory and half a second, which a process that sends
  // nothing need not pay.
  const { KNOWN_TEMPLATES, renderEmail } = await import('@/lib/email/render')
  let last: string | null = null
  do {
    const after: string | null = last
    last = await sqlTransaction(runtime.db.pool, async (client) => {
      const email = await takeNext(client, KNOWN_TEMPLATES, after)
      if (!email) return null
      await deliver(runtime, client, email, async (link) => {
        const { template, facts } = email
        const publicUrl = runtime.environment.PUBLIC_URL
        const rendered = await renderEmail({
          template,
          facts,
          link: link && publicUrl + link,
          publicUrl,
        })
        const attachments = (await runtime.attachmentsOf?.(email)) ?? []
        const message = messageOf(runtime, email, rendered, link)
        await transport.sendMail({ ...message, attachments })
        return rendered
      })
      return email.id
    })
  } while (last !== null && !stop?.aborted)
}

async function isAnyDue({ db }: DeliveryRuntime): Promise<boolean> {
  const { rows } = await db.pool.query(`SELECT 1 FROM outgoing_emails WHERE ${IS_DUE} LIMIT 1`)
  return rows.length > 0
}

/** Whether the server answers and takes our credentials; where not, the waiting e-mails say why. */
async function isReachable(runtime: DeliveryRuntime, transport: MailTransport): Promise<boolean> {
  try {
    await transport.verify()
    return true
  } catch (error) {
    const cause = causeOf(error, { link: null, smtpUrl: runtime.environment.SMTP_URL })
    runtime.log.warn({ cause }, 'the server for e-mail is not available')
    await runtime.db.pool.query(
      `UPDATE outgoing_emails SET last_error = $1 WHERE id IN (
         SELECT id FROM outgoing_emails WHERE ${IS_DUE} AND last_error IS DISTINCT FROM $1
         FOR UPDATE SKIP LOCKED)`,
      [cause],
    )
    return false
  }
}

/** Ids grow with time, so "after the last one" tries each e-mail once a run. */
async function takeNext(
  client: pg.PoolClient,
  templates: readonly string[],
  after: string | null,
): Promise<WaitingEmail | undefined> {
  const { rows } = await client.query<WaitingEmail>(
    `SELECT id, recipient, template, facts, sealed_link AS "sealedLink", attempts,
       coalesce((facts->>'expiresAt')::numeric <= extract(epoch FROM now()) * 1000, false) AS ended
     FROM outgoing_emails
     WHERE ${IS_DUE} AND template = ANY($1) AND ($2::uuid IS NULL OR id > $2)
     ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [templates, after],
  )
  return rows[0]
}

async function deliver(
  { crypto, environment, log }: DeliveryRuntime,
  client: pg.PoolClient,
  email: WaitingEmail,
  send: (link: string | null) => Promise<RenderedEmail>,
): Promise<void> {
  const { id, template, sealedLink } = email
  if (email.ended) return fail(client, email, 'Its link ended before it could be sent.', true)
  let link: string | null
  try {
    link = sealedLink && crypto.emailLinks.open(id, sealedLink)
  } catch {
    return fail(client, email, 'Its link cannot be read: AUTH_SECRET has changed.', true)
  }
  const attempts = email.attempts + 1
  let sent: RenderedEmail
  try {
    sent = await send(link)
  } catch (error) {
    const cause = causeOf(error, { link, smtpUrl: environment.SMTP_URL })
    log.warn({ email: id, template, attempts, cause }, 'e-mail not sent')
    return fail(client, { id, attempts }, cause, attempts >= MOST_ATTEMPTS)
  }
  await client.query(
    `UPDATE outgoing_emails SET state = 'SENT', sent_at = now(), subject = $2, attempts = $3,
       sealed_link = NULL, last_error = NULL WHERE id = $1`,
    [id, sent.subject, attempts],
  )
  log.info({ email: id, template, attempts }, 'e-mail sent')
}

async function fail(
  client: pg.PoolClient,
  { id, attempts }: Pick<WaitingEmail, 'id' | 'attempts'>,
  cause: string,
  forGood: boolean,
): Promise<void> {
  await client.query(
    `UPDATE outgoing_emails SET attempts = $2, last_error = $3,
       next_attempt_at = CASE WHEN $4 THEN next_attempt_at ELSE ${NEXT_ATTEMPT} END,
       state = CASE WHEN $4 THEN 'FAILED'::email_state ELSE state END,
       sealed_link = CASE WHEN $4 THEN NULL ELSE sealed_link END WHERE id = $1`,
    [id, attempts, cause, forGood],
  )
}

function messageOf(
  runtime: DeliveryRuntime,
  email: WaitingEmail,
  rendered: RenderedEmail,
  link: string | null,
) {
  const from = runtime.environment.MAIL_FROM
  if (!from) throw new Error('MAIL_FROM is not set.')
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  return {
    ...rendered,
    from,
    // An object, because in a string a comma would begin a second recipient.
    to: { name: '', address: email.recipient },
    messageId: `<${email.id}@${domain}>`,
    headers: {
      'X-Entity-Ref-ID': email.id,
      'Auto-Submitted': 'auto-generated',
      ...(link !== null && ENDABLE.includes(email.template)
        ? endingHeaders(runtime.environment.PUBLIC_URL + link)
        : {}),
    },
  }
}

/** Their link is the one that ends such e-mails; it is no business of any other. */
const ENDABLE: readonly EmailTemplate[] = ['notification', 'digest']

/** RFC 8058: the mail program's own "Unsubscribe" posts there, without a sign-in. */
function endingHeaders(link: string) {
  return {
    'List-Unsubscribe': `<${link}/one-click>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}
