import type { IncomingMessage } from 'node:http'

export interface Sent {
  method: string
  headers: Record<string, string>
  body: string | undefined
  timeoutMs: number
}

export interface Received {
  status: number
  header(name: string): string | null
  text: string
}

const ANSWER_MAX_LENGTH = 64 * 1024 * 1024

/**
 * One request over Node's own modules: `fetch` takes longer to load than everything else that a command does. Follows
 * no redirect.
 * @throws Error with the code of the system, or named TimeoutError
 */
export async function exchange(url: URL, sent: Sent): Promise<Received> {
  const { request } =
    url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return new Promise((resolve, reject) => {
    const { method, headers, body, timeoutMs } = sent
    const asked = request(url, { method, headers, signal: AbortSignal.timeout(timeoutMs) })
    asked.once('error', (error) => reject(asTimeout(error)))
    asked.once('response', (response) => {
      readText(response).then(
        (text) =>
          resolve({
            status: response.statusCode ?? 0,
            header: (name) => headerOf(response, name),
            text,
          }),
        (error: Error) => reject(asTimeout(error)),
      )
    })
    asked.end(body)
  })
}

async function readText(response: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of response.setEncoding('utf8')) {
    text += part
    if (text.length > ANSWER_MAX_LENGTH) throw new Error('The answer is too long.')
  }
  return text
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

/** An abort by the clock comes as an AbortError with the timeout as its cause. */
function asTimeout(error: Error): Error {
  const { cause } = error as { cause?: unknown }
  return cause instanceof Error && cause.name === 'TimeoutError' ? cause : error
}
