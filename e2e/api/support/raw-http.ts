import { connect } from 'node:net'

const ANSWER_WITHIN_MS = 5000

export interface RawAnswer {
  status: number
  text: string
}

/** Sends bytes as they are, for requests that no HTTP client would make, and reads to the end. */
export function rawExchange(url: string, request: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(request))
    const finish = () => {
      clearTimeout(limit)
      socket.destroy()
      const text = Buffer.concat(chunks).toString('utf8')
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text })
    }
    const limit = setTimeout(
      () => reject(new Error('No answer to the raw request.')),
      ANSWER_WITHIN_MS,
    )
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      // A kept-alive connection stays open: the head says when the answer is whole.
      if (isWhole(Buffer.concat(chunks).toString('utf8'))) finish()
    })
    socket.on('close', finish)
    // A server that refuses midway resets while we still write: what it said before counts.
    socket.on('error', () => undefined)
  })
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return false
  const length = /^content-length: (\d+)$/im.exec(text.slice(0, end))?.[1]
  return length !== undefined && Buffer.byteLength(text.slice(end + 4)) >= Number(length)
}
