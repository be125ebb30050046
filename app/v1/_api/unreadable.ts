import { problem, problemBody } from '@/app/v1/_api/problem'
import { newId } from '@/lib/ids'

/**
 * For requests that fail before Hono sees them, such as a Host header that is no host: the listener's
 * own answer would be an empty 400.
 */
export function refuseUnreadable(): Response {
  const id = newId()
  const answer = problem('invalid_request', 'The request line or the Host header cannot be read.')
  return new Response(problemBody(answer, { instance: '/', id }), {
    status: answer.status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': id,
    },
  })
}
