import { lookup } from 'node:dns/promises'
import { request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from '@/lib/leaks/public-address'

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
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // Node asks no resolver about a literal address, so the check below would not see it.
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic()
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

const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }).then(
    (found) => {
      const [first] = found
      // One private address among them is enough: a name of ours, or one that somebody bends.
      if (!first || !found.every(({ address }) => isPublicAddress(address))) {
        callback(notPublic(), '')
      } else if (options.all) callback(null, found)
      else callback(null, first.address, first.family)
    },
    (error: NodeJS.ErrnoException) => callback(error, ''),
  )
}

function notPublic(): Error {
  return new Error('The address is not on the public internet.')
}
