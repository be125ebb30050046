import { isDomainError } from '@/lib/errors'
import { unsubscribe } from '@/lib/notifications/unsubscribe'
import { runtime } from '@/lib/runtime'

export const dynamic = 'force-dynamic'

type RouteContext = { params: Promise<{ secret: string }> }

/** What mail programs send is 26 bytes, as a form or in parts. */
const BODY_MAX_BYTES = 4096

/**
 * RFC 8058: "Unsubscribe" in a mail program, posted by its server without a sign-in. Only with the body that
 * the standard names, so that nothing else that posts here ends anything.
 */
export async function POST(request: Request, { params }: RouteContext): Promise<Response> {
  if (!(await asksToUnsubscribe(request))) {
    return answer(400, 'Send List-Unsubscribe=One-Click as a form.')
  }
  const { secret } = await params
  const { db, crypto } = runtime()
  try {
    await unsubscribe({ db, crypto, secret })
  } catch (error) {
    if (isDomainError(error) && error.kind === 'not-found') return answer(404, error.message)
    throw error
  }
  return answer(200, 'These e-mails have ended.')
}

/** A person who opens the address of the header is asked first, by the page. */
export async function GET(_request: Request, { params }: RouteContext): Promise<Response> {
  const { secret } = await params
  return new Response(null, {
    status: 303,
    headers: {
      Location: `/unsubscribe/${encodeURIComponent(secret)}`,
      'Cache-Control': 'no-store',
    },
  })
}

async function asksToUnsubscribe(request: Request): Promise<boolean> {
  try {
    const body = await readLimited(request)
    const type = request.headers.get('content-type') ?? ''
    const form = await new Response(body, { headers: { 'Content-Type': type } }).formData()
    return form.get('List-Unsubscribe') === 'One-Click'
  } catch {
    return false
  }
}

/** @throws Error for a body that is too long: nothing more of it is read */
async function readLimited(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > BODY_MAX_BYTES) throw new RangeError('The body is too long.')
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

function answer(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}
