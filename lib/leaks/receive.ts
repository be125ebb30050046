import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { RequestFacts } from '@/lib/context'
import type { Database } from '@/lib/db/database'
import type { GithubReports, LeakReportInput } from '@/lib/leaks/schema'
import { type LeakDoor, settleLeak } from '@/lib/leaks/settle'
import { sightingOf } from '@/lib/leaks/sighting'
import { lookupDigests, type Peppers } from '@/lib/tokens/digest'
import { secretShape } from '@/lib/tokens/secret'
import { withoutSecrets } from '@/lib/tokens/secrets-in-text'

/** Where reports come in: from here on there is a digest, and no secret any more. */

/** Of graphile-worker; lib/jobs/run.ts has the task. */
const SETTLE_TASK = 'settle-leak'
const ATTEMPTS = 10

const leakJobSchema = z.object({
  digests: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  sighting: z.object({
    source: z.enum(['GITHUB', 'ANYBODY']),
    kind: z.string().nullable(),
    url: z.string().nullable(),
    comment: z.string().nullable(),
  }),
  request: z.object({
    id: z.string(),
    channel: z.enum(['dashboard', 'api', 'system']),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
})

interface Digesting {
  db: Pick<Database, 'pool'>
  crypto: { peppers: Peppers }
}

/**
 * Takes a report of anybody. A known and an unknown token cost the same one insert, and what follows happens
 * after the answer: neither its text nor its time tells which it was. Whatever has a wrong checksum costs
 * nothing, which everybody can work out for themselves.
 */
export async function queueLeakReport(
  { db, crypto }: Digesting,
  { token, url, comment }: LeakReportInput,
  request: RequestFacts,
): Promise<void> {
  const shape = secretShape(token)
  if (shape === 'malformed') return
  const digests = lookupDigests(crypto.peppers, token, shape)
  const job: z.input<typeof leakJobSchema> = {
    digests,
    sighting: sightingOf('ANYBODY', { url, comment }),
    request: withoutSecret(request),
  }
  await db.pool.query(
    'SELECT graphile_worker.add_job($1, $2::json, max_attempts := $3::smallint)',
    [SETTLE_TASK, JSON.stringify(job), ATTEMPTS],
  )
}

/** The task behind `queueLeakReport`. @throws ZodError for a payload that is none of ours */
export async function settleQueuedLeak(door: LeakDoor, payload: unknown): Promise<void> {
  await settleLeak(door, leakJobSchema.parse(payload))
}

/** GitHub's feedback format: the token by its hash, so that no answer of ours holds one. */
export interface GithubVerdict {
  /** SHA-256, hex. */
  token_hash: string
  token_type: string
  label: 'true_positive' | 'false_positive'
}

/**
 * Settles what GitHub has signed, one after the other. `true_positive` is whatever is or was a token of this
 * installation. Only for what was signed: the answer tells which tokens exist.
 */
export async function settleGithubReports(
  door: LeakDoor & Digesting,
  reports: GithubReports,
  request: RequestFacts,
): Promise<GithubVerdict[]> {
  const verdicts: GithubVerdict[] = []
  for (const { token, type, url, source } of reports) {
    const shape = secretShape(token)
    const outcome =
      shape === 'malformed'
        ? null
        : await settleLeak(door, {
            digests: lookupDigests(door.crypto.peppers, token, shape),
            sighting: sightingOf('GITHUB', { kind: source, url }),
            request: withoutSecret(request),
          })
    verdicts.push({
      token_hash: createHash('sha256').update(token).digest('hex'),
      token_type: type,
      label: outcome === null ? 'false_positive' : 'true_positive',
    })
  }
  return verdicts
}

/** The name of a program is what its caller writes, and goes into the audit log. */
function withoutSecret(request: RequestFacts): RequestFacts {
  const { userAgent } = request
  return { ...request, userAgent: userAgent && withoutSecrets(userAgent) }
}
