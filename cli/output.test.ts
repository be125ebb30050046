import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCredentials, type Workspace, writeCredentials } from './credential-file'
import { keepSecret, withoutSecrets } from './redaction'
import { readSettings } from './settings'
import type { Surroundings } from './surroundings'
import { lengthOf, tableText } from './table'
import { wrapped } from './wrap'

const unpainted = (text: string) => text

describe('tables', () => {
  const item = fc.record({ name: fc.string({ unit: 'grapheme' }), state: fc.string() })
  const ID = '01980e2c-7d3a-7000-8000-000000000000'
  const columns = [
    { title: 'Name', text: ({ name }: { name: string }) => name, flexible: true },
    { title: 'State', text: ({ state }: { state: string }) => state },
    { title: 'Id', text: () => ID, whole: true },
  ]

  it('fit the terminal, one line an item, whatever names hold, and keep ids whole', () => {
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1 }),
        fc.integer({ min: 60, max: 200 }),
        (items, width) => {
          const lines = tableText(items, columns, width, unpainted)
          expect(lines).toHaveLength(items.length + 1)
          for (const line of lines) {
            expect(lengthOf(line)).toBeLessThanOrEqual(width)
            expect(line).not.toMatch(/\p{Cc}/u)
          }
          for (const line of lines.slice(1)) expect(line).toContain(ID)
        },
      ),
    )
  })

  it('cut nothing where no terminal is', () => {
    const name = 'x'.repeat(300)
    expect(tableText([{ name, state: '' }], columns, null, unpainted)[1]).toContain(name)
  })
})

it('wrapped text loses no word and is no wider than its words allow', () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/)
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1 }),
      fc.integer({ min: 20, max: 80 }),
      (words, width) => {
        const text = wrapped(words.join(' '), width, 4)
        expect(text.split(/\s+/)).toEqual(words)
        for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
      },
    ),
  )
})

describe('redaction', () => {
  const letters = fc.stringMatching(/^[0-9A-Za-z]{49}$/)

  it('lets no token pass, wherever in a text it stands', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('fx_pat_', 'fx_sat_', 'fx_live_', 'fxn_live_'),
        letters,
        fc.string(),
        (prefix, body, around) => {
          const clean = withoutSecrets(`${around} ${prefix}${body} ${around}`)
          expect(clean).not.toContain(body)
        },
      ),
    )
  })

  it('knows what it was told, and leaves prefixes and everything else', () => {
    keepSecret('of another shape altogether')
    expect(withoutSecrets('say of another shape altogether!')).toBe('say …!')
    for (const text of ['fx_pat_4f9K…a1B2', 'keys:read 42', '']) {
      expect(withoutSecrets(text)).toBe(text)
    }
  })
})

describe('settings', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fruxon-settings-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const workspace = (slug: string, baseUrl: string): Workspace => ({
    ...{ baseUrl, id: `id-of-${slug}`, slug, name: slug, storage: 'file' },
    ...{ token: `token of ${slug}`, keyPrefix: '', last4: '', expiresAt: null },
    dashboardUrl: baseUrl,
  })
  const place = (env: Record<string, string> = {}): Surroundings => ({
    ...{ env, folder, agent: false, interactive: false, color: false, width: null },
    deviceLabel: 'test',
  })
  function signIn() {
    writeCredentials(folder, {
      ...{ deviceId: 'device-of-tests', current: 'b.example/id-of-two' },
      workspaces: {
        'a.example/id-of-one': workspace('one', 'https://a.example'),
        'b.example/id-of-two': workspace('two', 'https://b.example'),
      },
    })
  }

  it('are flags before the environment before what is kept before defaults', async () => {
    signIn()
    const kept = await readSettings({}, place())
    expect(kept.baseUrl.value).toBe('https://b.example')
    expect(kept.token).toMatchObject({
      value: 'token of two',
      origin: `file ${folder}/credentials`,
    })
    const env = { FRUXON_ORG: 'one', FRUXON_TOKEN: 'of the environment', FRUXON_API_KEY: 'older' }
    const named = await readSettings({}, place(env))
    expect(named).toMatchObject({
      baseUrl: { value: 'https://a.example' },
      workspace: { value: 'one', origin: 'env FRUXON_ORG' },
      token: { value: 'of the environment', origin: 'env FRUXON_TOKEN' },
    })
    const flagged = await readSettings(
      { workspace: 'two', baseUrl: 'https://b.example/' },
      place(env),
    )
    expect(flagged).toMatchObject({
      baseUrl: { value: 'https://b.example', origin: 'flag --base-url' },
      workspace: { value: 'two', origin: 'flag --workspace' },
    })
  })

  it('never take a kept token to another server or another organization', async () => {
    signIn()
    expect((await readSettings({ baseUrl: 'https://evil.example' }, place())).token).toBeNull()
    expect((await readSettings({ workspace: 'three' }, place())).token).toBeNull()
    expect(
      (await readSettings({ workspace: 'one', baseUrl: 'https://b.example' }, place())).token,
    ).toBeNull()
  })

  it('say so where the file is damaged, and do not overwrite it', () => {
    writeFileSync(join(folder, 'credentials'), '{"half')
    expect(() => readCredentials(folder)).toThrow(/cannot be read/)
  })
})
