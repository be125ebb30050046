import { authorize, requireOrganizationInventory } from '@/lib/access/authorize'
import { requirePerson } from '@/lib/access/person'
import type { Context } from '@/lib/context'
import { DomainError } from '@/lib/errors'
import { lookupDigests } from '@/lib/tokens/digest'
import type { TokenSummary } from '@/lib/tokens/model'
import { selectTokens } from '@/lib/tokens/rows'
import { secretShape } from '@/lib/tokens/secret'
import { secretsIn } from '@/lib/tokens/secrets-in-text'

const FOUND_MAX = 50

/** What was found in a pasted text. Never holds any of the text: things are named by their line. */
export interface IdentifiedToken {
  /** From 1. */
  line: number
  /** Null for what is no token of this organization: another organization's looks the same as none. */
  token: TokenSummary | null
  /** True where the checksum says that it was cut off or mistyped; anybody can work that out. */
  isDamaged: boolean
}

/**
 * Whose tokens are in this text? For an admin at the keyboard who has found one somewhere. Nothing is kept.
 * @throws DomainError forbidden | invalid at /text
 */
export async function identifyTokens(
  ctx: Context,
  { text }: { text: string },
): Promise<IdentifiedToken[]> {
  authorize(ctx.principal, 'keys:read')
  requireOrganizationInventory(ctx.principal)
  requirePerson(ctx.principal)
  const candidates = candidatesIn(text)
  if (candidates.length > FOUND_MAX) {
    throw new DomainError('invalid', 'too_many_tokens', `There are more than ${FOUND_MAX} in it.`, {
      errors: [{ pointer: '/text', detail: `At most ${FOUND_MAX} tokens at a time.` }],
    })
  }
  const idByDigest = await findIds(
    ctx,
    candidates.flatMap(({ digests }) => digests),
  )
  const tokens = await selectTokens(ctx.db.pool, {
    organizationId: ctx.organization.id,
    policy: ctx.organization.policy,
    withIntegrations: true,
    where: 't.id = ANY ($2::uuid[])',
    values: [[...idByDigest.values()]],
  })
  const byId = new Map(tokens.map((token) => [token.id, token]))
  return candidates.map(({ line, digests, isDamaged }) => {
    const id = digests.map((digest) => idByDigest.get(digest)).find((found) => found !== undefined)
    return { line, token: (id !== undefined && byId.get(id)) || null, isDamaged }
  })

  function candidatesIn(pasted: string) {
    const seen = new Set<string>()
    return pasted.split(/\r\n|\r|\n/).flatMap((words, index) =>
      secretsIn(words).flatMap((secret) => {
        if (seen.has(secret)) return []
        seen.add(secret)
        const shape = secretShape(secret)
        const isDamaged = shape === 'malformed'
        const digests = isDamaged ? [] : lookupDigests(ctx.crypto.peppers, secret, shape)
        return [{ line: index + 1, digests, isDamaged }]
      }),
    )
  }
}

async function findIds(ctx: Context, digests: readonly string[]): Promise<Map<string, string>> {
  if (digests.length === 0) return new Map()
  const { rows } = await ctx.db.pool.query<{ id: string; digest: string }>(
    `SELECT id, encode(digest, 'hex') AS digest FROM tokens
     WHERE organization_id = $1 AND digest = ANY ($2::bytea[])`,
    [ctx.organization.id, digests.map((digest) => `\\x${digest}`)],
  )
  return new Map(rows.map(({ id, digest }) => [digest, id]))
}
