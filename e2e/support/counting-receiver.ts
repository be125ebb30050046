import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that deliveries are forwarded to; it counts what it takes by the id of the delivery. */
export interface CountingReceiver {
  origin: string
  /** Times that each delivery was taken, by its id. */
  taken: ReadonlyMap<string, number>
  /** Requests in all, with those that were refused. */
  requests(): number
  close(): void
}

/** @param statusOf what is answered; 2xx is a taking */
export async function startCountingReceiver(
  statusOf: (body: string, times: number) => number = () => 204,
): Promise<CountingReceiver> {
  const taken = new Map<string, number>()
  const seen = new Map<string, number>()
  let requests = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const id = String(request.headers['webhook-id'])
    const times = (seen.get(id) ?? 0) + 1
    seen.set(id, times)
    requests++
    const status = statusOf(Buffer.concat(chunks).toString('utf8'), times)
    if (status < 300) taken.set(id, (taken.get(id) ?? 0) + 1)
    response.writeHead(status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    requests: () => requests,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
