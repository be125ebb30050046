import type { Duplex } from 'node:stream'
import { standingHeaders } from '@/app/v1/_api/reply'
import { newId } from '@/lib/ids'

/** What node refuses before any handler sees it: still a problem document, and never logged. */
export function refuseMalformed(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  publicUrl: string,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW'
  const status = tooLarge ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  const title = {
    400: 'Bad Request',
    408: 'Request Timeout',
    431: 'Request Header Fields Too Large',
  }[status]
  const requestId = newId()
  const body = JSON.stringify({
    type: 'about:blank',
    title,
    status,
    detail: 'The request is not valid HTTP/1.1 or its header is too large.',
    instance: '/',
    code: tooLarge ? 'header_too_large' : 'malformed_request',
    requestId,
  })
  const headers = Object.entries({
    ...standingHeaders(publicUrl),
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'X-Request-Id': requestId,
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${headers.join('')}\r\n${body}`)
}
