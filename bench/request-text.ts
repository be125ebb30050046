/** A whole HTTP/1.1 request as it goes over the socket. `body` is sent as JSON and must be ASCII. */
export function requestText(method: string, path: string, secret: string, body?: unknown): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  return [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    `Authorization: Bearer ${secret}`,
    'User-Agent: bench',
    ...(text ? ['Content-Type: application/json', `Content-Length: ${text.length}`] : []),
    '',
    text,
  ].join('\r\n')
}
