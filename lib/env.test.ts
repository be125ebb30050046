import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { EnvironmentError, readEnvironment } from '@/lib/env'

const key = Buffer.alloc(32, 7).toString('base64')
const secrets = { AUTH_SECRET: key, TOKEN_PEPPER: `1:${key}` }

function refusalOf(source: Record<string, string>): string {
  try {
    readEnvironment(source)
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message
    throw error
  }
  return ''
}

describe('the environment', () => {
  it('may be empty: a newcomer sets nothing', () => {
    const environment = readEnvironment({})
    expect(environment).toMatchObject({
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: 3000,
      PUBLIC_URL: 'http://localhost:3000',
      DATA_DIR: '.data',
      TRUSTED_PROXIES: [],
    })
    expect(environment.DATABASE_URL).toBeUndefined()
  })

  it('takes an empty value as not set', () => {
    const unset = { PORT: '', PUBLIC_URL: '', DATABASE_URL: '', AUTH_SECRET: '', HOST: '' }
    expect(readEnvironment(unset)).toEqual(readEnvironment({}))
  })

  it('reads numbers, lists and addresses', () => {
    expect(
      readEnvironment({
        PORT: '8080',
        PUBLIC_URL: 'https://settings.example.com//',
        TRUSTED_PROXIES: ' 10.0.0.0/8, loopback ,,',
        DATABASE_URL: 'postgresql://u:p@db/x',
        ...secrets,
      }),
    ).toMatchObject({
      PORT: 8080,
      PUBLIC_URL: 'https://settings.example.com',
      TRUSTED_PROXIES: ['10.0.0.0/8', 'loopback'],
    })
    expect(readEnvironment({ PORT: '8080' }).PUBLIC_URL).toBe('http://localhost:8080')
  })
})

describe('a bad value', () => {
  it.each([
    ['NODE_ENV', 'staging-Zq9'],
    ['PORT', 'Zq9'],
    ['PORT', '70000'],
    ['PORT', '0'],
    ['PORT', '80.5'],
    ['PUBLIC_URL', 'settings.Zq9.example'],
    ['PUBLIC_URL', 'javascript:Zq9'],
    ['DATABASE_URL', 'mysql://user:Zq9@db/x'],
    ['DATABASE_POOL_SIZE', '1'],
    ['AUTH_SECRET', 'Zq9short'],
    ['AUTH_SECRET', Buffer.alloc(31).toString('base64')],
    ['TOKEN_PEPPER', 'Zq9'],
    ['TOKEN_PEPPER', key],
    ['TOKEN_PEPPER', `1:${key},Zq9`],
    ['TOKEN_PEPPER', `1:${key},2:c2hvcnQ=`],
    ['TOKEN_PEPPER', `v1:${key}`],
    ['MAIL_FROM', 'Zq9'],
    ['MAIL_FROM', 'Zq9 <acme@example.com'],
    ['MAIL_FROM', 'acme@example.com\r\nBcc: Zq9@example.com'],
    ['MAIL_FROM', 'acme@example.com, Zq9@example.com'],
    ['API_RATE_LIMIT_PER_MINUTE', '-77777'],
    ['ACTIVITY_RETENTION_DAYS', '99999'],
    ['METRICS_TOKEN', 'Zq9short'],
    ['LOG_LEVEL', 'Zq9loud'],
  ])('of %s (%s) stops the start, is named, and is not echoed', (name, value) => {
    const message = refusalOf({ ...secrets, [name]: value })
    const lines = message.split('\n').slice(1)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(new RegExp(`^ {2}${name}: .{8,}`))
    expect(message).not.toContain('Zq9')
    expect(message).not.toContain(key)
    if (value.length > 3) expect(message).not.toContain(value)
  })

  it('is one line of several, so that one start tells all', () => {
    const message = refusalOf({ PORT: 'x', LOG_LEVEL: 'x', METRICS_TOKEN: 'x' })
    const names = message
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(':')[0])
    expect(names.sort()).toEqual(['LOG_LEVEL', 'METRICS_TOKEN', 'PORT'])
  })
})

describe('with DATABASE_URL', () => {
  const DATABASE_URL = 'postgresql://u:hunter2@db/x'

  it('the secrets are demanded, each by name', () => {
    expect(refusalOf({ DATABASE_URL })).toMatch(
      /AUTH_SECRET: is required.*\n.*TOKEN_PEPPER: is req/,
    )
    expect(refusalOf({ DATABASE_URL, AUTH_SECRET: key })).not.toContain('AUTH_SECRET')
    expect(refusalOf({ DATABASE_URL, AUTH_SECRET: '', TOKEN_PEPPER: `1:${key}` })).toContain(
      'AUTH_SECRET: is required',
    )
    expect(refusalOf({ DATABASE_URL })).not.toContain('hunter2')
    expect(refusalOf({ DATABASE_URL, ...secrets })).toBe('')
  })
})

describe('with SMTP_URL', () => {
  const SMTP_URL = 'smtps://postmaster:hunter2@mail.example.com:465'
  const MAIL_FROM = 'settings@example.com'

  it('a sender is demanded by name', () => {
    expect(refusalOf({ SMTP_URL })).toContain('MAIL_FROM: is required when SMTP_URL is set')
    expect(refusalOf({ SMTP_URL })).not.toContain('hunter2')
    expect(refusalOf({ SMTP_URL, MAIL_FROM })).toBe('')
  })

  it.each(['mail.hunter2.example', 'https://u:hunter2@mail.example', 'smtp:hunter2', 'smtp://'])(
    '%s stops the start, is named, and is not echoed',
    (bad) => {
      const message = refusalOf({ SMTP_URL: bad, MAIL_FROM })
      expect(message).toMatch(/^ {2}SMTP_URL: must be smtp:/m)
      expect(message).not.toContain('hunter2')
    },
  )

  it('the sender is an address, or a name with one', () => {
    const sender = (value: string) => readEnvironment({ SMTP_URL, MAIL_FROM: value }).MAIL_FROM
    expect(sender('a@b.example')).toEqual({ name: '', address: 'a@b.example' })
    expect(sender('Acme, Inc. <a@b.example>')).toEqual({
      name: 'Acme, Inc.',
      address: 'a@b.example',
    })
  })
})

describe('with an identity provider', () => {
  const OIDC_ISSUER = 'https://id.example.com/realms/acme'
  const complete = { OIDC_ISSUER, OIDC_CLIENT_ID: 'settings', OIDC_CLIENT_SECRET: 'hunter2' }

  it('is complete or absent', () => {
    expect(refusalOf(complete)).toBe('')
    const refusal = refusalOf({ OIDC_ISSUER })
    expect(refusal).toContain('OIDC_CLIENT_ID: is required')
    expect(refusal).toContain('OIDC_CLIENT_SECRET: is required')
    expect(refusalOf({ OIDC_CLIENT_SECRET: 'hunter2' })).not.toContain('hunter2')
  })

  it('lets newcomers in only by domain', () => {
    const open = { ...complete, OIDC_ORGANIZATION: 'acme' }
    expect(refusalOf(open)).toContain('OIDC_ALLOWED_DOMAINS: is required')
    const closed = readEnvironment({ ...open, OIDC_ALLOWED_DOMAINS: ' Acme.example, acme.test ' })
    expect(closed.OIDC_ALLOWED_DOMAINS).toEqual(['acme.example', 'acme.test'])
    expect(closed.OIDC_DEFAULT_ROLE).toBe('MEMBER')
  })

  it('is reached by https, except on this machine', () => {
    expect(refusalOf({ ...complete, OIDC_ISSUER: 'http://localhost:4000' })).toBe('')
    for (const bad of ['http://id.example.com', 'id.example.com', `${OIDC_ISSUER}?tenant=acme`]) {
      expect(refusalOf({ ...complete, OIDC_ISSUER: bad })).toContain('OIDC_ISSUER: must be')
    }
    expect(refusalOf({ ...complete, OIDC_DEFAULT_ROLE: 'OWNER' })).toContain('OIDC_DEFAULT_ROLE')
  })
})

describe('who sells', () => {
  const seller = {
    SELLER_NAME: 'Fruxon, Inc.',
    SELLER_ADDRESS: '1 Example Street | San Francisco, CA 94105',
    SELLER_EMAIL: 'billing@fruxon.example',
    SELLER_IBAN: 'de89 3704 0044 0532 0130 00',
    SELLER_BIC: 'cobadeffxxx',
    TAX_NAME: 'VAT',
    TAX_PERCENT: '8.25',
  }

  it('is read as invoices print it', () => {
    expect(readEnvironment(seller)).toMatchObject({
      SELLER_ADDRESS: ['1 Example Street', 'San Francisco, CA 94105'],
      SELLER_IBAN: 'DE89 3704 0044 0532 0130 00',
      SELLER_BIC: 'COBADEFFXXX',
      TAX_PERCENT: 825,
      PDF_FALLBACK_FONTS: [],
    })
  })

  it('is complete or absent', () => {
    const refusal = refusalOf({ SELLER_NAME: 'Fruxon, Inc.' })
    for (const name of ['SELLER_ADDRESS', 'SELLER_EMAIL', 'SELLER_PAYMENT']) {
      expect(refusal).toMatch(new RegExp(`^ {2}${name}: .*required`, 'm'))
    }
    expect(refusalOf({ ...seller, SELLER_IBAN: '', SELLER_BIC: '' })).toContain('SELLER_PAYMENT')
    expect(refusalOf({ ...seller, SELLER_IBAN: '' })).toContain('SELLER_IBAN: is required')
    expect(refusalOf({ TAX_PERCENT: '19' })).toContain('TAX_NAME: is required')
    expect(refusalOf({ TAX_NAME: 'VAT' })).toContain('TAX_PERCENT: is required')
    expect(refusalOf({ TAX_NOTE: 'Reverse charge' })).toContain('TAX_NAME: is required')
  })

  it.each([
    ['SELLER_IBAN', 'DE88370400440532013000'],
    ['SELLER_IBAN', '370400440532013000'],
    ['SELLER_BIC', 'COBADE'],
    ['SELLER_EMAIL', 'billing'],
    ['SELLER_ADDRESS', ' | '],
    ['TAX_PERCENT', '19%'],
    ['TAX_PERCENT', '100.01'],
    ['TAX_PERCENT', '-1'],
    ['PDF_FALLBACK_FONTS', '/nowhere/NotoSans.ttf'],
    ['PDF_FALLBACK_FONTS', 'package.json'],
  ])('%s may not be %s', (name, value) => {
    expect(refusalOf({ ...seller, [name]: value })).toMatch(new RegExp(`^ {2}${name}: must `, 'm'))
  })
})

describe('with Stripe', () => {
  const keys = {
    STRIPE_SECRET_KEY: 'sk_test_Zq9hunter2',
    STRIPE_WEBHOOK_SECRET: 'whsec_Zq9hunter2',
  }

  it('has both keys, or none', () => {
    expect(refusalOf(keys)).toBe('')
    expect(refusalOf({ ...keys, STRIPE_SECRET_KEY: 'rk_live_Zq9' })).toBe('')
    for (const name of Object.keys(keys)) {
      const refusal = refusalOf({ ...keys, [name]: '' })
      expect(refusal.split('\n').slice(1)).toEqual([
        `  ${name}: is required for Stripe to collect payments`,
      ])
    }
    expect(refusalOf({ STRIPE_API_URL: 'http://127.0.0.1:4010' })).toContain(
      'STRIPE_SECRET_KEY: is',
    )
  })

  it.each([
    ['STRIPE_SECRET_KEY', 'pk_live_Zq9hunter2'],
    ['STRIPE_SECRET_KEY', 'Zq9hunter2'],
    ['STRIPE_SECRET_KEY', 'sk_live_Zq9 hunter2'],
    ['STRIPE_WEBHOOK_SECRET', 'Zq9hunter2'],
    ['STRIPE_WEBHOOK_SECRET', 'sk_live_Zq9hunter2'],
    ['STRIPE_API_URL', 'https://127.0.0.1:4010'],
    ['STRIPE_API_URL', 'http://stripe.Zq9.example'],
    ['STRIPE_API_URL', 'http://127.0.0.1.Zq9.example'],
    ['STRIPE_API_URL', 'http://127.0.0.1:4010/Zq9'],
    ['STRIPE_API_URL', 'http://Zq9@127.0.0.1:4010'],
  ])('%s may not be %s', (name, value) => {
    const refusal = refusalOf({ ...keys, [name]: value })
    expect(refusal).toMatch(new RegExp(`^ {2}${name}: must `, 'm'))
    expect(refusal).not.toContain('Zq9')
  })

  it('may be a stand-in only on this machine', () => {
    for (const local of ['http://127.0.0.1:4010', 'http://localhost:4010/', 'http://[::1]:4010']) {
      expect(refusalOf({ ...keys, STRIPE_API_URL: local })).toBe('')
    }
  })
})

describe('who may report leaks with a signature', () => {
  it('is known by a list of keys, or by the address of one', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = publicKey.export({ type: 'spki', format: 'pem' })
    const list = { public_keys: [{ key_identifier: 'a1', key: pem, is_current: true }] }
    const read = readEnvironment({ LEAK_GITHUB_KEYS: JSON.stringify(list) })
    expect([...(read.LEAK_GITHUB_KEYS?.keys() ?? [])]).toEqual(['a1'])
    const address = 'https://api.github.com/meta/public_keys/secret_scanning'
    expect(refusalOf({ LEAK_GITHUB_KEYS_URL: address, SECURITY_CONTACT: 'mailto:a@b.c' })).toBe('')
  })

  it.each([
    ['LEAK_GITHUB_KEYS_URL', 'http://api.github.com/Zq9'],
    ['LEAK_GITHUB_KEYS', 'Zq9'],
    ['LEAK_GITHUB_KEYS', '{"public_keys":[{"key_identifier":"a","key":"Zq9"}]}'],
    ['SECURITY_CONTACT', 'Zq9@example.com'],
    ['SECURITY_CONTACT', 'mailto:a@example.com\nZq9: 1'],
  ])('is refused by name and not by value: %s=%s', (name, value) => {
    const refusal = refusalOf({ [name]: value })
    expect(refusal).toContain(`${name}: must be`)
    expect(refusal).not.toContain('Zq9')
  })
})

describe('providers of models that the operator brings', () => {
  it('are read by their names, with what is known of them filled in', () => {
    const environment = readEnvironment({
      LLM_PROVIDERS: 'openai, my-gateway',
      LLM_OPENAI_API_KEY: 'sk-1',
      LLM_MY_GATEWAY_BASE_URL: 'http://10.0.0.5:8000/v1/',
    })
    expect(environment.operatorProviders).toEqual([
      { provider: 'openai', baseUrl: 'https://api.openai.com/v1', apiKey: 'sk-1' },
      { provider: 'my-gateway', baseUrl: 'http://10.0.0.5:8000/v1', apiKey: null },
    ])
  })

  it('are refused by halves, without a value in the message', () => {
    const message = refusalOf({
      LLM_PROVIDERS: 'openai,groq,my-gateway',
      LLM_GROQ_API_KEY: 'sk with spaces',
    })
    expect(message).toContain('LLM_OPENAI_API_KEY: is required')
    expect(message).toContain('LLM_MY_GATEWAY_BASE_URL: is required')
    expect(message).toContain('LLM_GROQ_API_KEY: must be')
    expect(message).not.toContain('with spaces')
    expect(refusalOf({ LLM_PROVIDERS: 'Open AI' })).toContain('LLM_PROVIDERS: must be names')
    expect(refusalOf({ LLM_PRIVATE_ORIGINS: '10.0.0.5' })).toContain('LLM_PRIVATE_ORIGINS')
  })
})
