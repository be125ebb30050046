import { isUuid } from '@/lib/ids'
import { isRendition, RENDITIONS } from '@/lib/pictures/model'
import { findRendition } from '@/lib/pictures/store'
import { runtime } from '@/lib/runtime'

export const dynamic = 'force-dynamic'

type RouteContext = { params: Promise<{ picture: string; rendition: string }> }

/**
 * Logos and avatars, for whoever knows the random id: pages, and e-mail programs that cannot sign in. A
 * picture never changes under its id. Its other headers are in next.config.mjs.
 */
export async function GET(request: Request, { params }: RouteContext): Promise<Response> {
  const { picture, rendition } = await params
  if (!isUuid(picture) || !isRendition(rendition)) return nothingHere()
  const bytes = await findRendition(runtime().db.pool, picture, rendition)
  if (bytes === null) return nothingHere()
  const etag = `"${picture.toLowerCase()}-${rendition}"`
  const headers = { 'Cache-Control': 'public, max-age=31536000, immutable', ETag: etag }
  if (isKnown(request.headers.get('if-none-match'), etag)) {
    return new Response(null, { status: 304, headers })
  }
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...headers,
      'Content-Type': RENDITIONS[rendition].mediaType,
      'Content-Length': String(bytes.length),
    },
  })
}

/** RFC 9110 compares weakly here: proxies may have marked the tag weak. */
function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  const known = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return known.includes(etag) || known.includes('*')
}

function nothingHere(): Response {
  return new Response('There is no such picture.\n', {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}
