import type { ZodType } from 'zod'
import { unpacked } from '@/app/v1/_api/content-encoding'
import { parseJson, parseStorableJson } from '@/app/v1/_api/json-body'
import { ProblemError, problem } from '@/app/v1/_api/problem'

/** Bytes, unless an operation takes more; most bodies are far smaller. */
export const BODY_MAX_BYTES = 64 * 1024

const JSON_TYPE = /^(application\/(?:[a-z-]+\+)?json)\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;.*)?$/i

export interface BodyRule<T> {
  schema: ZodType<T>
  /** False: no body at all stands for `{}`. */
  required: boolean
  /** Also the form encoding of RFC 7662; nothing else takes it. */
  form?: boolean
  /** Translates what older clients send, before the schema sees it. */
  translate?: (raw: unknown) => unknown
  /** BODY_MAX_BYTES unless told. */
  maxBytes?: number
  /** Types that are JSON too, beside application/json. */
  jsonTypes?: readonly string[]
  /** A list whose elements the operation judges one by one: text that cannot be kept refuses its own element only. */
  oneByOne?: boolean
  /** What the documentation shows, where the schema leaves parts to the operation. */
  documented?: ZodType
}

/** A body as it came. */
export interface EncodedBody {
  bytes: Uint8Array
  headers: Headers
}

/** For bodies that are more than JSON: the operation's own reader. */
export interface EncodedBodyRule<T> {
  encoded: { maxBytes: number; read: (body: EncodedBody) => Promise<T> }
  contentTypes: readonly string[]
  /** Its form in JSON. */
  documented: ZodType
  required: true
}

export type AnyBodyRule<T> = BodyRule<T> | EncodedBodyRule<T>

function tooLarge(maxBytes: number): ProblemError {
  return new ProblemError(problem('payload_too_large', `The body may hold ${maxBytes / 1024} KiB.`))
}

/**
 * Reads, limits, parses and checks the body.
 * @throws ProblemError 400 | 413 | 415, ZodError
 */
export async function readBody<T>(request: Request, rule: AnyBodyRule<T>): Promise<T> {
  if ('encoded' in rule) {
    const bytes = await readLimited(request, rule.encoded.maxBytes).catch(brokenOff)
    return rule.encoded.read({ bytes, headers: request.headers })
  }
  const maxBytes = rule.maxBytes ?? BODY_MAX_BYTES
  const packed = await readLimited(request, maxBytes).catch(brokenOff)
  const bytes = await unpacked(packed, request.headers.get('content-encoding'), maxBytes)
  const type = request.headers.get('content-type')
  const raw = bytes.byteLength === 0 && !rule.required ? {} : decode(bytes, type, rule)
  return rule.schema.parse(rule.translate ? rule.translate(raw) : raw)
}

function decode<T>(
  bytes: Uint8Array,
  type: string | null,
  { form = false, oneByOne = false, jsonTypes = [] }: BodyRule<T>,
): unknown {
  if (form && type && FORM_TYPE.test(type)) return formFields(utf8(bytes))
  const name = JSON_TYPE.exec(type ?? '')?.[1]?.toLowerCase()
  const accepted = ['application/json', ...jsonTypes]
  if (name === undefined || !accepted.includes(name)) {
    const detail = 'Send the body as JSON with Content-Type: application/json.'
    const Accept = (form ? [...accepted, 'application/x-www-form-urlencoded'] : accepted).join(', ')
    throw new ProblemError(problem('unsupported_media_type', detail, { headers: { Accept } }))
  }
  return oneByOne ? parseJson(utf8(bytes)) : parseStorableJson(utf8(bytes))
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ProblemError(problem('malformed_json', 'The body is not UTF-8.'))
  }
}

function formFields(text: string): Record<string, string> {
  const fields = [...new URLSearchParams(text)]
  const names = new Set(fields.map(([name]) => name))
  if (names.size !== fields.length) {
    throw new ProblemError(problem('invalid_request', 'A form field is given twice.'))
  }
  return Object.fromEntries(fields)
}

/** A caller that hangs up in the middle is no failure of ours, and nobody is left to be answered. */
function brokenOff(error: unknown): never {
  if (error instanceof ProblemError) throw error
  throw new ProblemError(problem('invalid_request', 'The body broke off before its end.'))
}

/**
 * The body byte by byte. A declared length is believed only to refuse early; an undeclared one is counted while it
 * arrives.
 * @throws ProblemError 413
 */
export async function readLimited(request: Request, maxBytes: number): Promise<Uint8Array> {
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    if (Number(declared) > maxBytes) throw tooLarge(maxBytes)
    const bytes = new Uint8Array(await request.arrayBuffer())
    if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes)
    return bytes
  }
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined)
      throw tooLarge(maxBytes)
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}
