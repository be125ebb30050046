import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'

const PREFIX = '/_next/static'
const YEAR_SECONDS = 31_536_000

/**
 * Serves Next's built scripts, styles and fonts as the build compressed them (scripts/build.mjs), brotli
 * before gzip: smaller than what Next would compress anew at each request, and no work here.
 * @param distDir the build's folder
 * @returns a listener that hands everything else to `next`
 */
export function staticFiles(
  distDir: string,
): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
  const serve = sirv(join(distDir, 'static'), {
    brotli: true,
    gzip: true,
    // Their names hold a hash of their content.
    immutable: true,
    maxAge: YEAR_SECONDS,
    setHeaders: (response) => response.setHeader('X-Content-Type-Options', 'nosniff'),
  })
  return (request, response, next) => {
    const url = request.url ?? ''
    if (!url.startsWith(`${PREFIX}/`)) {
      next()
      return
    }
    request.url = url.slice(PREFIX.length)
    serve(request, response, () => {
      request.url = url
      next()
    })
  }
}
