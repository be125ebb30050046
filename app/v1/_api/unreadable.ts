import { problem, problemBody } from '@/app/v1/_api/problem'
import { standingHeaders } from '@/app/v1/_api/reply'
import { newId } from '@/lib/ids'

/**
 * For requests that fail before Hono sees them, such as a Host header that is no host: the listener's
 * own answer would be an empty 400.
 * @param publicUrl https adds HSTS, as on every other answer
 */
export function refuseUnreadable(publicUrl: string): Response {
  const id = newId()
  const answer = problem('invalid_request', 'The request line or the Host header cannot be read.')
  return new Response(problemBody(answer, { instance: '/', id }), {
    status: answer.status,
    headers: {
      ...standingHeaders(publicUrl),
      'Content-Type': 'application/problem+json',
      'X-Request-Id': id,
    },
  })
}
