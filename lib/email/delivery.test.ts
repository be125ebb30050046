import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '@/lib/db/database'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { deliverWaiting, MOST_ATTEMPTS } from '@/lib/email/delivery'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import { type MailServerFixture, startMailServer } from '@/lib/email/mail-server-fixture'
import { enqueueEmail } from '@/lib/email/outbox'
import { outboxFixture, SAMPLE_FACTS } from '@/lib/email/outbox-fixture'
import { type MailTransport, openMailTransport } from '@/lib/email/transport'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database'

const SECRET = 'Zq9-the-one-time-secret-Zq9'
const LINK_PATH = `/invitations/${SECRET}`

let database: TestDatabase
let db: ReturnType<typeof openDatabase>
let server: MailServerFixture
let outbox: ReturnType<typeof outboxFixture>
let transport: MailTransport | null

beforeAll(async () => {
  database = await createTestDatabase()
  db = openDatabase({ url: database.url, poolSize: 6 })
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

beforeEach(async () => {
  await db.pool.query('TRUNCATE outgoing_emails')
  server = await startMailServer()
  outbox = outboxFixture(db, server.url)
  transport = openMailTransport(outbox.runtime.environment)
})

afterEach(async () => {
  transport?.close()
  await server.close()
})

const deliver = () => deliverWaiting(outbox.runtime, transport)

describe('a waiting e-mail', () => {
  it('arrives as HTML and as text, each with the link', async () => {
    const recipient = await outbox.enqueue({ linkPath: LINK_PATH })
    await deliver()
    const [email] = server.taken
    const link = `https://settings.example.com${LINK_PATH}`
    expect(email).toMatchObject({
      from: { name: 'Acme, Inc.', address: 'settings@mail.example.com' },
      recipients: [recipient],
      subject: 'Ana Ruiz invited you to join Acme Robotics',
    })
    expect(email?.html).toContain(`href="${link}"`)
    expect(email?.text).toContain(link)
    const headers = new Map(email?.headers.map(({ key, value }) => [key, value]))
    expect(headers.get('message-id')).toBe(`<${headers.get('x-entity-ref-id')}@mail.example.com>`)
    expect(headers.get('auto-submitted')).toBe('auto-generated')
    expect(await outbox.rowOf(recipient)).toEqual({
      state: 'SENT',
      subject: 'Ana Ruiz invited you to join Acme Robotics',
      attempts: 1,
      lastError: null,
      sealed: false,
    })
  })

  it('leaves its secret in no row and no log line, before and after', async () => {
    await outbox.enqueue({ linkPath: LINK_PATH })
    expect(await outbox.dump()).toContain('WAITING')
    expect(await outbox.dump()).not.toContain(SECRET)
    await deliver()
    expect(server.taken).toHaveLength(1)
    expect(await outbox.dump()).toContain('SENT')
    expect(`${await outbox.dump()}${outbox.logged.join('')}`).not.toContain(SECRET)
  })

  it('is sent by one of two processes', async () => {
    const recipients = await Promise.all(Array.from({ length: 12 }, () => outbox.enqueue()))
    const elsewhere = openDatabase({ url: database.url, poolSize: 2 })
    await Promise.all([
      deliver(),
      deliverWaiting({ ...outbox.runtime, db: elsewhere }, transport),
      deliverWaiting({ ...outbox.runtime, db: elsewhere }, transport),
    ])
    await elsewhere.close()
    const arrived = server.taken.flatMap((email) => email.recipients)
    expect(arrived.sort()).toEqual(recipients.sort())
  })

  it('stays where no server is set', async () => {
    const recipient = await outbox.enqueue()
    await deliverWaiting(outbox.runtime, openMailTransport({ SMTP_URL: undefined }))
    expect(await outbox.rowOf(recipient)).toMatchObject({ state: 'WAITING', attempts: 0 })
  })

  it('is not begun once the process stops', async () => {
    await outbox.enqueue()
    await outbox.enqueue()
    const stop = new AbortController()
    server.refuseWhile(() => {
      stop.abort()
      return null
    })
    await deliverWaiting(outbox.runtime, transport, stop.signal)
    expect(server.taken).toHaveLength(1)
  })
})

describe('the way to end e-mails', () => {
  const UNSUBSCRIBE = '/unsubscribe/Some-secret_1'
  const headersOf = () =>
    new Map(server.taken.at(-1)?.headers.map(({ key, value }) => [key, value]))

  it.each(['notification', 'digest'] as const)(
    'is a header of a %s for mail programs, and a link of it for people',
    async (template) => {
      await outbox.enqueue({ template, facts: SAMPLE_FACTS[template], linkPath: UNSUBSCRIBE })
      await deliver()
      const url = `https://settings.example.com${UNSUBSCRIBE}`
      expect(headersOf().get('list-unsubscribe')).toBe(`<${url}/one-click>`)
      expect(headersOf().get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
      expect(server.taken[0]?.html).toContain(`href="${url}"`)
      expect(server.taken[0]?.text).toContain(url)
      expect(await outbox.dump()).not.toContain('Some-secret_1')
    },
  )

  it('is not there where the e-mail is always sent, nor in others', async () => {
    await outbox.enqueue({
      template: 'notification',
      facts: SAMPLE_FACTS.notification,
      linkPath: undefined,
    })
    await outbox.enqueue({ linkPath: LINK_PATH })
    await deliver()
    expect(server.taken).toHaveLength(2)
    for (const { headers, html } of server.taken) {
      expect(headers.map(({ key }) => key)).not.toContain('list-unsubscribe')
      expect(html).not.toContain('/unsubscribe/')
    }
  })
})

describe('the outbox', () => {
  it('forgets what was rolled back', async () => {
    const email = {
      template: 'role-changed',
      recipient: 'never@example.test',
      organizationId: null,
      idempotencyKey: 'rolled-back',
      facts: SAMPLE_FACTS['role-changed'],
    } as const
    const rolledBack = sqlTransaction(db.pool, async (client) => {
      await enqueueEmail(client, outbox.runtime.crypto.emailLinks, email)
      throw new Error('changed my mind')
    })
    await expect(rolledBack).rejects.toThrow('changed my mind')
    await deliver()
    expect(server.offered).toEqual([])
  })

  it('sends once for a key, however often it is asked', async () => {
    await Promise.all([1, 2, 3].map(() => outbox.enqueue({ idempotencyKey: 'the-same' })))
    await deliver()
    await outbox.enqueue({ idempotencyKey: 'the-same' })
    await deliver()
    expect(server.taken).toHaveLength(1)
  })
})

describe('a server that refuses', () => {
  it('is asked again, later, with the same Message-ID', async () => {
    const recipient = await outbox.enqueue()
    server.refuseWhile(() => ({ code: 451, message: 'try again later' }))
    await deliver()
    await deliver()
    expect(server.offered).toHaveLength(1)
    expect(await outbox.rowOf(recipient)).toMatchObject({ state: 'WAITING', attempts: 1 })
    expect((await outbox.rowOf(recipient))?.lastError).toContain('try again later')

    server.refuseWhile(() => null)
    await outbox.age(recipient, '61 seconds')
    await deliver()
    expect(server.taken).toHaveLength(1)
    expect(await outbox.rowOf(recipient)).toMatchObject({ state: 'SENT', attempts: 2 })
    const [first, second] = server.offered
    expect(first?.messageId).toMatch(/^<[0-9a-f-]{36}@mail\.example\.com>$/)
    expect(second?.messageId).toBe(first?.messageId)
  })

  it('waits three times longer each time', async () => {
    const recipient = await outbox.enqueue()
    server.refuseWhile(() => ({ code: 451, message: 'no' }))
    const offersAfter = async (interval: string) => {
      await outbox.age(recipient, interval)
      await deliver()
      return server.offered.length
    }
    expect(await offersAfter('0 s')).toBe(1)
    expect(await offersAfter('70 s')).toBe(2)
    expect(await offersAfter('160 s')).toBe(2)
    expect(await offersAfter('20 s')).toBe(3)
    expect(await offersAfter('500 s')).toBe(3)
    expect(await offersAfter('50 s')).toBe(4)
  })

  it('is asked as patiently about an e-mail that waited long for it', async () => {
    const recipient = await outbox.enqueue()
    await outbox.age(recipient, '2 days')
    server.refuseWhile(() => ({ code: 451, message: 'no' }))
    await deliver()
    await deliver()
    await outbox.age(recipient, '50 s')
    await deliver()
    expect(server.offered).toHaveLength(1)
    await outbox.age(recipient, '11 s')
    await deliver()
    expect(server.offered).toHaveLength(2)
  })

  it('is given up after the last try, and the link is erased', async () => {
    const recipient = await outbox.enqueue({ linkPath: LINK_PATH })
    server.refuseWhile(() => ({ code: 550, message: 'no such person' }))
    const deliverLater = async () => {
      await outbox.age(recipient, '2 days')
      await deliver()
    }
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) await deliverLater()
    expect(await outbox.rowOf(recipient)).toMatchObject({ state: 'WAITING', sealed: true })
    await deliverLater()
    await deliverLater()
    expect(server.offered).toHaveLength(MOST_ATTEMPTS)
    expect(await outbox.rowOf(recipient)).toMatchObject({
      state: 'FAILED',
      attempts: MOST_ATTEMPTS,
      sealed: false,
      subject: null,
    })
  })

  it('holds up no other e-mail', async () => {
    const refused = await outbox.enqueue()
    const welcome = await outbox.enqueue()
    server.refuseWhile(({ recipients }) =>
      recipients.includes(refused) ? { code: 550, message: 'no' } : null,
    )
    await deliver()
    expect(server.taken.flatMap((email) => email.recipients)).toEqual([welcome])
  })

  it('may repeat the link and the password: neither is kept or logged', async () => {
    const recipient = await outbox.enqueue({ linkPath: LINK_PATH })
    server.refuseWhile(() => ({
      code: 554,
      message: `bad address https://settings.example.com${LINK_PATH}, ${SECRET}, hunter2-Zq9`,
    }))
    await deliver()
    expect((await outbox.rowOf(recipient))?.lastError).toContain('bad address')
    const kept = `${await outbox.dump()}${outbox.logged.join('')}`
    expect(kept).not.toContain(SECRET)
    expect(kept).not.toContain('hunter2')
  })
})

describe('a server that is away', () => {
  it('counts against no e-mail, and says why it waits', async () => {
    const recipient = await outbox.enqueue()
    const { url } = server
    await server.close()
    await deliver()
    const row = await outbox.rowOf(recipient)
    expect(row).toMatchObject({ state: 'WAITING', attempts: 0, sealed: true })
    expect(row?.lastError).toMatch(/ECONNREFUSED/)
    expect(`${row?.lastError}${outbox.logged.join('')}`).not.toContain('hunter2')
    expect(url).toContain('hunter2')
  })
})

describe('a link that is of no use', () => {
  it('is not sent after its end', async () => {
    const facts = { ...SAMPLE_FACTS.invitation, expiresAt: Date.now() - 1000 }
    const recipient = await outbox.enqueue({ facts })
    await deliver()
    expect(server.offered).toEqual([])
    expect(await outbox.rowOf(recipient)).toMatchObject({ state: 'FAILED', sealed: false })
  })

  it('is not sent where another AUTH_SECRET sealed it', async () => {
    const recipient = await outbox.enqueue()
    const crypto = { emailLinks: new EmailLinkSealer('another secret') }
    await deliverWaiting({ ...outbox.runtime, crypto }, transport)
    expect(server.offered).toEqual([])
    expect(await outbox.rowOf(recipient)).toMatchObject({ state: 'FAILED', sealed: false })
    expect((await outbox.rowOf(recipient))?.lastError).toContain('AUTH_SECRET')
  })
})
