import { z } from 'zod'
import { listVariable, originsVariable } from '@/lib/env-lists'
import { LEAK_VARIABLES } from '@/lib/leak-env'
import { LLM_VARIABLES, llmProblems, operatorProviders } from '@/lib/llm-env'
import type { OperatorProvider } from '@/lib/llm-providers/model-access'
import { SELLER_VARIABLES, sellerProblems } from '@/lib/seller-env'
import { STRIPE_VARIABLES, stripeProblems } from '@/lib/stripe-env'

/**
 * The typed environment. `process.env` is read here and nowhere else in the product; a bad value stops
 * the start with one line a variable.
 */

const base64Key = (minimumBytes: number) =>
  z.string().refine((value) => Buffer.from(value, 'base64').length >= minimumBytes, {
    message: `must be at least ${minimumBytes} bytes in base64 (openssl rand -base64 ${minimumBytes})`,
  })

const pepperList = z.string().refine(
  (value) => {
    const versions = value.split(',').map((entry) => /^(\d{1,4}):(.+)$/.exec(entry.trim()))
    return versions.every((match) => match && Buffer.from(match[2] ?? '', 'base64').length >= 32)
  },
  {
    message:
      'must be VERSION:BASE64[,VERSION:BASE64…], newest first, 32 bytes each (for example 1:$(openssl rand -base64 32))',
  },
)

const smtpUrl = z.string().refine(
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : null
    return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== ''
  },
  { message: 'must be smtp://USER:PASSWORD@HOST:PORT, or smtps:// for TLS from the first byte' },
)

const SENDER = /^(?:([^<>"\p{Cc}]+?) *<)?([^\s<>@",;]+@[^\s<>@",;]+)>?$/u

/** Taken apart here, so that a comma in the name is not read as two senders. */
const sender = z
  .string()
  .refine((value) => SENDER.test(value) && value.includes('<') === value.endsWith('>'), {
    message: 'must be an address, or a name and an address: Acme <settings@example.com>',
  })
  .transform((value) => {
    const [, name = '', address = ''] = SENDER.exec(value) ?? []
    return { name, address }
  })

/** OpenID Connect Discovery 1.0 wants https; a provider on this machine may do without. */
const oidcIssuer = z.string().refine(
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : null
    if (url?.search !== '' || url.hash !== '') return false
    const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
    return url.protocol === 'https:' || (local && url.protocol === 'http:')
  },
  { message: 'must be the https URL of the identity provider, as its discovery document has it' },
)

const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'must be an http(s) URL such as https://settings.example.com',
    })
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// URL')
    .optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(16),
  /** Where `next build` put the pages; next.config.mjs reads the same variable. */
  NEXT_DIST_DIR: z.string().min(1).default('.next'),
  DATA_DIR: z.string().min(1).default('.data'),
  AUTH_SECRET: base64Key(32).optional(),
  TOKEN_PEPPER: pepperList.optional(),
  /** Where e-mail goes out; without it every e-mail waits. */
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: sender.optional(),
  /** Sign-in with the company's identity provider (OpenID Connect); all three or none. */
  OIDC_ISSUER: oidcIssuer.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** What its button says: "Continue with …". */
  OIDC_NAME: z.string().trim().min(1).max(40).default('single sign-on'),
  /** Domains of e-mail addresses that may come in; every one where empty. */
  OIDC_ALLOWED_DOMAINS: listVariable.transform((domains) =>
    domains.map((name) => name.toLowerCase()),
  ),
  /** Slug of the organization that people join who come for the first time; without it nobody does. */
  OIDC_ORGANIZATION: z.string().optional(),
  OIDC_DEFAULT_ROLE: z
    .string()
    .default('MEMBER')
    .transform((role) => role.toUpperCase())
    .pipe(z.enum(['ADMIN', 'FINANCE', 'MEMBER'])),
  ...SELLER_VARIABLES,
  ...STRIPE_VARIABLES,
  ...LEAK_VARIABLES,
  ...LLM_VARIABLES,
  TRUSTED_PROXIES: listVariable,
  API_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(3000),
  ACTIVITY_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  /** Deliveries from outside: tries of each, the wait after the first (four times as long after each), and its time. */
  INBOUND_ATTEMPTS: z.coerce.number().int().min(1).max(20).default(9),
  INBOUND_RETRY_MS: z.coerce.number().int().min(100).max(3_600_000).default(5000),
  INBOUND_TIMEOUT_MS: z.coerce.number().int().min(500).max(60_000).default(10_000),
  /** What came in is readable, and can be sent again, for so long. */
  INBOUND_CONTENT_DAYS: z.coerce.number().int().min(1).max(365).default(7),
  /** Origins that deliveries may be forwarded to although they are private or in the clear. */
  INBOUND_PRIVATE_TARGETS: originsVariable,
  /** Runs of agents: how long a provider is waited for, and how many of one organization a process runs at once. */
  EXECUTION_TIMEOUT_MS: z.coerce.number().int().min(1000).max(900_000).default(120_000),
  EXECUTION_CONCURRENCY: z.coerce.number().int().min(1).max(1000).default(20),
  /** How long ago a run may have begun whose record is kept. */
  EXECUTION_RECORD_DAYS: z.coerce.number().int().min(35).max(3650).default(365),
  /** What was asked, answered and said of evaluations is readable for so long after their end. */
  EVALUATION_CONTENT_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

export type Environment = z.infer<typeof environmentSchema> & {
  PUBLIC_URL: string
  /** What LLM_PROVIDERS names, with what is said of each. */
  operatorProviders: readonly OperatorProvider[]
}

/** Thrown at start; the message has one line for each bad variable and never a value. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
}

/**
 * Reads and checks the environment. With `DATABASE_URL` the secrets are demanded, because several
 * processes must share them; without it they are generated beside the embedded database (lib/secrets.ts).
 * @throws EnvironmentError naming each bad variable
 */
export function readEnvironment(
  source: Record<string, string | undefined> = process.env,
): Environment {
  // An empty value means "not set": that is how compose files and shells pass an absent variable.
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = environmentSchema.safeParse(present)
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  if (present.DATABASE_URL) {
    for (const name of ['AUTH_SECRET', 'TOKEN_PEPPER'] as const) {
      if (!present[name]) problems.push(`${name}: is required when DATABASE_URL is set`)
    }
  }
  if (present.SMTP_URL && !present.MAIL_FROM) {
    problems.push('MAIL_FROM: is required when SMTP_URL is set')
  }
  problems.push(...oidcProblems(present), ...sellerProblems(present), ...stripeProblems(present))
  problems.push(...llmProblems(present))
  if (problems.length > 0 || !parsed.success) {
    throw new EnvironmentError(`The environment needs a change:\n  ${problems.join('\n  ')}`)
  }
  return {
    ...parsed.data,
    PUBLIC_URL: parsed.data.PUBLIC_URL ?? `http://localhost:${parsed.data.PORT}`,
    operatorProviders: operatorProviders(parsed.data.LLM_PROVIDERS, present),
  }
}

const OIDC_CREDENTIALS = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

/** Half a configuration would fail at the first sign-in; an open door would not fail at all. */
function oidcProblems(present: Record<string, string | undefined>): string[] {
  const missing = OIDC_CREDENTIALS.filter((name) => !present[name])
  if (missing.length === OIDC_CREDENTIALS.length) return []
  const problems = missing.map((name) => `${name}: is required for sign-in by OpenID Connect`)
  if (present.OIDC_ORGANIZATION && !present.OIDC_ALLOWED_DOMAINS) {
    problems.push('OIDC_ALLOWED_DOMAINS: is required with OIDC_ORGANIZATION, which people join')
  }
  return problems
}

/** next-auth 4 reads its own variable; ours is the source. Called once, at start. */
export function publishAddressForNextAuth(environment: Environment): void {
  process.env.NEXTAUTH_URL = environment.PUBLIC_URL
}
