import type { Context } from '@/lib/context'
import { type FieldError, invalid } from '@/lib/errors'
import { requireBaseUrl } from '@/lib/llm-providers/base-url'
import { knownProvider, type LlmConfig } from '@/lib/llm-providers/model'
import { keyMissing, missingConnection, providerNameSchema } from '@/lib/llm-providers/schema'

interface ConnectionWish {
  baseUrl?: string | null | undefined
  apiKey?: string | null | undefined
  testModel?: string | null | undefined
}

interface NewConnection {
  baseUrl: string
  apiKey: string | null
  testModel: string
}

/**
 * How a new account is reached, with what is known of its provider.
 * @param at where the fields stand in what was sent
 * @throws DomainError invalid at the field
 */
export function newConnection(
  { crypto }: Pick<Context, 'crypto'>,
  { provider, ...wish }: ConnectionWish & { provider: string },
  at = '',
): NewConnection {
  const name = providerNameSchema.safeParse(provider)
  if (!name.success) throw invalid([{ pointer: `${at}/provider`, detail: reasonOf(name.error) }])
  const known = knownProvider(name.data)
  const [baseUrl, testModel] = [wish.baseUrl ?? known?.baseUrl, wish.testModel ?? known?.testModel]
  const missing = missingConnection(name.data, wish).map(
    ([field, detail]): FieldError => ({ pointer: `${at}/${field}`, detail }),
  )
  if (!baseUrl || !testModel || missing.length > 0) throw invalid(missing)
  const { privateOrigins } = crypto.modelAccess
  return {
    baseUrl: requireBaseUrl(baseUrl, privateOrigins, `${at}/baseUrl`),
    apiKey: wish.apiKey ?? null,
    testModel,
  }
}

/**
 * The same of one that is there. A stored key goes to no other server than the one it was entered for, else whoever may
 * edit could have it sent to themselves.
 * @throws DomainError invalid at the field
 */
export function patchedConnection(
  { crypto }: Pick<Context, 'crypto'>,
  before: LlmConfig,
  wish: ConnectionWish,
): Pick<NewConnection, 'baseUrl' | 'testModel'> {
  const baseUrl =
    wish.baseUrl == null
      ? before.baseUrl
      : requireBaseUrl(wish.baseUrl, crypto.modelAccess.privateOrigins)
  const staysThere = new URL(baseUrl).origin === new URL(before.baseUrl).origin
  if (!staysThere && before.key !== null && wish.apiKey == null) {
    const detail = 'Enter the key again: the stored one is not sent to another server.'
    throw invalid([{ pointer: '/apiKey', detail }])
  }
  if (wish.apiKey === '' && knownProvider(before.provider)?.keyRequired) {
    throw invalid([{ pointer: '/apiKey', detail: keyMissing(before.provider) }])
  }
  return { baseUrl, testModel: wish.testModel ?? before.testModel }
}

function reasonOf({ issues }: { issues: readonly { message: string }[] }): string {
  return issues[0]?.message ?? 'This is no name of a provider.'
}
