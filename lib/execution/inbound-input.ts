import type { AgentParameter } from '@/lib/agents/model'

/** Bytes of a delivery that a run takes: all of it is read by a model. */
export const RUN_BODY_MAX_BYTES = 256 * 1024
/** A text parameter of this name is given the whole body. */
export const PAYLOAD_PARAMETER = 'payload'

export type InboundInput = { input: string | Record<string, unknown> } | { refusal: string }

/**
 * What a delivery gives a run: the members of a JSON object that the revision declares by name, what else it holds is
 * left out; the whole body where a text parameter is named `payload`; and where nothing is declared, or the body is
 * no JSON object, the body as a text. Whether that is enough, the run itself checks.
 */
export function inputOfDelivery(
  declared: readonly AgentParameter[],
  body: Uint8Array,
): InboundInput {
  if (body.byteLength > RUN_BODY_MAX_BYTES) {
    return {
      refusal: `Its body has more than the ${RUN_BODY_MAX_BYTES / 1024} KB that a run takes.`,
    }
  }
  const text = textOf(body)
  if (text === null) return { refusal: 'Its body is no text, so no agent can read it.' }
  const wantsAll = declared.some(
    ({ name, type }) => name === PAYLOAD_PARAMETER && type === 'STRING',
  )
  const object = objectOf(text)
  if (declared.length === 0 || (object === null && !wantsAll)) return { input: text }
  const members = declared
    .filter(({ name }) => object !== null && Object.hasOwn(object, name))
    .map(({ name }) => [name, object?.[name]])
  const values = { ...Object.fromEntries(members), ...(wantsAll && { [PAYLOAD_PARAMETER]: text }) }
  return { input: values }
}

function textOf(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return null
  }
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
