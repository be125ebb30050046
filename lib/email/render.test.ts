import fc from 'fast-check'
import { createTransport } from 'nodemailer'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import type { EmailFacts, EmailTemplate } from '@/lib/email/model'
import { SAMPLE_FACTS } from '@/lib/email/outbox-fixture'
import { KNOWN_TEMPLATES, renderEmail } from '@/lib/email/render'

const PUBLIC_URL = 'https://settings.example.com'
const LINK = `${PUBLIC_URL}/invitations/secret-in-the-link`
const TEMPLATES = Object.keys(SAMPLE_FACTS) as EmailTemplate[]

/** Where the link is the one that ends e-mails like it, and so works for ever. */
const ENDABLE: readonly EmailTemplate[] = ['notification', 'digest']

const linkOf = (template: EmailTemplate) =>
  'expiresAt' in SAMPLE_FACTS[template] || ENDABLE.includes(template) ? LINK : null

function rendered<Template extends EmailTemplate>(
  template: Template,
  facts: EmailFacts[Template] = SAMPLE_FACTS[template],
) {
  return renderEmail({ template, facts, link: linkOf(template), publicUrl: PUBLIC_URL })
}

/** What people may type: pieces that begin headers, tags or attributes, among anything else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '\r\nBcc: victim@example.test',
        '\nContent-Type: text/html\n\n',
        '\u2028',
        '\u202e',
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='",
        '</style></title></td></table>',
        '<!--',
        ']]>',
        '&lt;b&gt;',
        '=?utf-8?q?x?=',
        'javascript:alert(1)',
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) => pieces.join(''))

/** The facts of a template with every text replaced; numbers and null stay. */
function hostileFacts<Template extends EmailTemplate>(template: Template) {
  const entries = Object.entries(SAMPLE_FACTS[template]).map(([name, value]) => [
    name,
    // The website becomes an address or nothing: it has its own test below.
    typeof value === 'string' && name !== 'organizationWebsite' ? hostile : fc.constant(value),
  ])
  return fc.record(Object.fromEntries(entries)) as unknown as fc.Arbitrary<EmailFacts[Template]>
}

/** Tags with the names of their attributes, each kind once. A bare div pads the preview. */
function markupOf(html: string): Set<string> {
  const tags = html.match(/<\/?[a-z][^>]*>/gi) ?? []
  const kinds = tags.map((tag) => tag.replace(/="[^"]*"/g, ''))
  return new Set(kinds.filter((kind) => kind !== '<div>'))
}

/** Through nodemailer and back: the names of the headers, and the subject a mail program shows. */
async function transported(email: { subject: string; html: string; text: string }) {
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    ...email,
    from: 'settings@example.com',
    to: 'person@example.test',
  })
  const parsed = await PostalMime.parse(message as Buffer)
  return { names: parsed.headers.map(({ key }) => key).sort(), parsed }
}

describe.each(TEMPLATES)('%s', (template) => {
  it('is one line of subject, a page and a text, with its link in both', async () => {
    const { subject, html, text } = await rendered(template)
    expect(subject).toMatch(/^\S.{8,}\S$/)
    expect(html).toContain('color-scheme')
    expect(html).not.toMatch(/undefined|\[object|NaN/)
    expect(text).not.toMatch(/undefined|\[object|NaN|<[a-z]/)
    const link = linkOf(template)
    if (link) {
      expect(html).toContain(`href="${link}"`)
      expect(text.split(link)).toHaveLength(2)
      const once = /until \d{1,2} \w{3} \d{4}, \d\d:\d\d UTC/
      if (!ENDABLE.includes(template)) expect(text).toMatch(once)
    }
  })

  it('gains neither header nor markup from what people type', async () => {
    const calm = await rendered(template)
    const { names } = await transported(calm)
    const markup = markupOf(calm.html)
    await fc.assert(
      fc.asyncProperty(hostileFacts(template), async (facts) => {
        const email = await rendered(template, facts)
        expect(email.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u)
        expect([...email.subject].length).toBeLessThanOrEqual(200)
        const { names: hostileNames } = await transported(email)
        expect(hostileNames).toEqual(names)
        expect([...markupOf(email.html)].filter((kind) => !markup.has(kind))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})

describe('an invitation', () => {
  const invitation = (facts: Partial<EmailFacts['invitation']>) =>
    rendered('invitation', { ...SAMPLE_FACTS.invitation, ...facts })

  it('shows the logo where there is one, initials otherwise', async () => {
    const logoId = '0199e6a0-0000-7000-8000-000000000001'
    expect((await invitation({ logoId })).html).toContain(
      `src="${PUBLIC_URL}/pictures/${logoId}/128.png"`,
    )
    const { html } = await invitation({ logoId: null })
    expect(html).not.toContain('<img')
    expect(html).toContain('>AR</div>')
  })

  it('links the website only where a browser opens it as a page', async () => {
    const hrefs = async (organizationWebsite: string | null) =>
      (await invitation({ organizationWebsite })).html.match(/href="[^"]*"/g)?.sort()
    const without = await hrefs(null)
    expect(await hrefs('https://acme.example')).toContain('href="https://acme.example/"')
    expect(await hrefs('javascript:alert(1)')).toEqual(without)
    expect(await hrefs('data:text/html,x')).toEqual(without)
    expect(await hrefs('not an address')).toEqual(without)
  })

  it('keeps the lines of the message', async () => {
    const { text } = await invitation({ message: 'First line.\r\nSecond line.' })
    expect(text).toMatch(/First line\.\n+Second line\./)
  })

  it('is refused without its link', async () => {
    const facts = SAMPLE_FACTS.invitation
    const email = { template: 'invitation', facts, link: null, publicUrl: PUBLIC_URL } as const
    await expect(renderEmail(email)).rejects.toThrow('needs a link')
  })
})

describe('a notification', () => {
  const notification = (facts: Partial<EmailFacts['notification']>, link: string | null = LINK) =>
    renderEmail({
      template: 'notification',
      facts: { ...SAMPLE_FACTS.notification, ...facts },
      link,
      publicUrl: PUBLIC_URL,
    })

  it('leads to its page, says why it came, and who sends it', async () => {
    const { subject, html, text } = await notification({})
    expect(subject).toBe('prod-server expires on 28 Nov 2026')
    expect(html).toContain(`href="${PUBLIC_URL}/acme/settings/api-access"`)
    expect(text).toContain(`${PUBLIC_URL}/acme/settings/api-access`)
    expect(text).toContain('You own this token.')
    expect(text).toContain('Acme Robotics')
  })

  it('comes from the product where it is about the account alone', async () => {
    const { html } = await notification({ organizationName: null, action: null })
    expect(html).toContain('Fruxon')
    expect(html).not.toContain('Acme')
  })

  it('offers no end of what is always sent', async () => {
    expect((await notification({}, null)).text).not.toContain('Stop')
  })
})

it('every template of the model can be sent', () => {
  expect([...KNOWN_TEMPLATES].sort()).toEqual(TEMPLATES.sort())
})
