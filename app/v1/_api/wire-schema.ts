import { z } from '@hono/zod-openapi'
import { ALL_SCOPES, type Scope } from '@/lib/access/scopes'

/** Pieces that several answers share. */

export const epochMs = z.number().int().openapi({ description: 'Epoch milliseconds.' })
export const epochMsOrNull = epochMs.nullable()

export const wireScope = z.enum(ALL_SCOPES as readonly [Scope, ...Scope[]]).openapi('Scope', {
  description: 'resource:action, one of 41. GET tokens/scopes describes them.',
})
export const wireScopes = z.array(wireScope)

/** SYSTEM: made for an integration. Those are in no list of tokens, only in reports of leaks. */
export const wireTokenType = z.enum(['USER', 'SERVICE_ACCOUNT', 'SYSTEM'])

/** The envelope of AIP-158. @param limits where counting ends, if it does */
export function pageOf<T extends z.ZodType>(
  item: T,
  name: string,
  limits: { countedTo?: number } = {},
) {
  return z
    .strictObject({
      items: z.array(item),
      nextPageToken: z.string().openapi({ description: 'Empty at the end.' }),
      totalCount: z
        .number()
        .int()
        .openapi({
          description:
            limits.countedTo === undefined
              ? 'How many match.'
              : `How many match, counted to ${limits.countedTo.toLocaleString('en-US')}: then there may be more.`,
        }),
    })
    .openapi(name)
}

/** `service-account` → `SERVICE_ACCOUNT`: enums are UPPER_SNAKE on the wire (AIP-126). */
export function upperSnake<T extends string>(value: T): string {
  return value.replaceAll('-', '_').toUpperCase()
}
