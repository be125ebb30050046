import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { ProblemError, problem } from '@/app/v1/_api/problem'

const gunzipped = promisify(gunzip)
const KIB = 1024

/**
 * A body without its `Content-Encoding`: gzip, or none (RFC 9110).
 * @throws ProblemError 400 | 413 where it unpacks to more than `maxBytes` | 415
 */
export async function unpacked(
  bytes: Uint8Array,
  packing: string | null,
  maxBytes: number,
): Promise<Uint8Array> {
  const name = packing?.trim().toLowerCase() ?? ''
  if (name === '' || name === 'identity') return bytes
  if (name !== 'gzip' && name !== 'x-gzip') {
    throw new ProblemError(
      problem('unsupported_media_type', 'Pack the body with gzip, or not at all.', {
        headers: { 'Accept-Encoding': 'gzip' },
      }),
    )
  }
  try {
    return await gunzipped(bytes, { maxOutputLength: maxBytes })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new ProblemError(
        problem('payload_too_large', `Unpacked, the body may hold ${maxBytes / KIB} KiB.`),
      )
    }
    throw new ProblemError(problem('invalid_request', 'The body is not packed with gzip.'))
  }
}
