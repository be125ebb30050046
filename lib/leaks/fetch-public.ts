import { request } from 'node:https'
import { isPublicAddress, literalAddress, lookUpPublic, NotPublicError } from '@/lib/public-network'

const TIMEOUT_MS = 5000
const BODY_MAX_BYTES = 256 * 1024

/**
 * Reads a small text from the public internet: https only, no redirect followed, and never from an address
 * within our own network, whatever the name resolves to. The address that was checked is the one that is
 * connected to.
 * @throws Error that says what was wrong, never with the answer in it
 */
export async function fetchPublicText(address: string): Promise<string> {
  const url = new URL(address)
  if (url.protocol !== 'https:') throw new Error('Only https is fetched.')
  const literal = literalAddress(url)
  if (literal !== null && !isPublicAddress(literal)) throw new NotPublicError()
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const headers = { Accept: 'application/json', 'User-Agent': 'fruxon-settings' }
    const call = request(url, { lookup: lookUpPublic, headers, signal, agent: false }, (answer) => {
      if (answer.statusCode !== 200) {
        answer.destroy()
        reject(new Error(`The answer was ${answer.statusCode}, not 200.`))
        return
      }
      const parts: Buffer[] = []
      let size = 0
      answer.on('data', (part: Buffer) => {
        size += part.byteLength
        if (size > BODY_MAX_BYTES) answer.destroy(new Error('The answer is too large.'))
        else parts.push(part)
      })
      answer.on('end', () => resolve(Buffer.concat(parts).toString('utf8')))
      answer.on('error', reject)
    })
    call.on('error', reject)
    call.end()
  })
}
