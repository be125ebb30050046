/**
 * Chunks of text as a body that is pulled by the reader: a slow download holds nothing back in memory. Nothing is
 * drawn before it is read: the body of a HEAD request is neither read nor given up, and would keep the connection to
 * the database that its first chunk opens.
 */
export function textStream(chunks: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      // Ends the queries too.
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

/** @param fileName plain ASCII without quotes */
export function downloadHeaders(mediaType: string, fileName: string): HeadersInit {
  return {
    'Content-Type': mediaType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
}

/** For those to whom the page does not exist. */
export function nothingHere(): Response {
  return new Response('There is nothing here.\n', {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}

/** A query as pages get it. */
export function searchParamsOf(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)]))
}
