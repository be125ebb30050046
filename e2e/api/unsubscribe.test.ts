import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createWorld, type Organization, type Person, type World } from '@/e2e/api/support/world'
import { callApi } from '@/e2e/support/api-client'
import { EmailLinkSealer } from '@/lib/email/link-sealer'

/** The link of an e-mail, at the front door: knocked at as mail programs and scanners do, without a browser. */

let world: World
let organization: Organization
let person: Person
let path: string

beforeAll(async () => {
  world = await createWorld({ apiOnly: false })
  organization = await world.organization()
})
afterAll(() => world.close())

beforeEach(async () => {
  person = await organization.person('ADMIN')
  const token = await organization.token(person, ['keys:write', 'agents:read'])
  // A token that makes another is what its owner is told of.
  const body = { name: 'made', scopes: ['agents:read'], expirationDays: 1 }
  await world.as(token).post(`${organization.path}/tokens:generate`, body)
  const { rows } = await world.pool.query<{ id: string; sealed: Buffer }>(
    `SELECT e.id, e.sealed_link AS sealed FROM outgoing_emails e
     JOIN notifications n ON n.email_id = e.id WHERE n.user_id = $1`,
    [person.userId],
  )
  const [row] = rows
  if (!row) throw new Error('No e-mail was written.')
  path = new EmailLinkSealer(world.product.authSecret).open(row.id, row.sealed)
})

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

function knock(
  where: string,
  method: string,
  headers: Record<string, string> = FORM,
  body: string | undefined = method === 'GET' ? undefined : 'List-Unsubscribe=One-Click',
) {
  return callApi(world.product.url, { method, path: where, headers, body })
}

async function chosen(): Promise<string[]> {
  const { rows } = await world.pool.query<{ email: string }>(
    'SELECT email::text AS email FROM notification_preferences WHERE user_id = $1',
    [person.userId],
  )
  return rows.map(({ email }) => email)
}

it('ends the e-mails for a mail program, which has neither an Origin nor a session', async () => {
  expect((await knock(`${path}/one-click`, 'POST')).status).toBe(200)
  expect(await chosen()).toEqual(['OFF'])
  const foreign = { ...FORM, Origin: 'https://mail.example.com', 'Sec-Fetch-Site': 'cross-site' }
  expect((await knock(`${path}/one-click`, 'POST', foreign)).status).toBe(200)
  expect(await chosen()).toEqual(['OFF'])
})

it('ends nothing for a scanner that opens links, nor for a post that does not ask for it', async () => {
  const opened = await knock(`${path}/one-click`, 'GET')
  expect([opened.status, opened.headers.location]).toEqual([303, path])
  expect((await knock(path, 'GET')).status).toBe(200)
  expect((await knock(`${path}/one-click`, 'POST', FORM, 'x=1')).status).toBe(400)
  expect(await chosen()).toEqual([])
})

it('lets nobody post anywhere else without an Origin', async () => {
  for (const elsewhere of [path, `${path}/one-click/`, `${path}/one-click?x`, '/sign-in']) {
    expect((await knock(elsewhere, 'POST')).status).toBe(403)
  }
  expect((await knock(`${path}/one-click`, 'PUT')).status).toBe(403)
  expect(await chosen()).toEqual([])
})

it('runs no server action there, whatever the headers say', async () => {
  const headers = { ...FORM, 'Next-Action': '00'.repeat(20) }
  const answer = await knock(`${path}/one-click`, 'POST', headers, '[]')
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(await chosen()).toEqual([])
})

it('does not know a secret of its own making', async () => {
  const answer = await knock('/unsubscribe/made-up/one-click', 'POST')
  expect(answer.status).toBe(404)
})
