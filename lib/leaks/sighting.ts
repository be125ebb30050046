import { COMMENT_MAX, type LeakSource, type Sighting, URL_MAX } from '@/lib/leaks/model'
import { hidesSecret, withoutSecrets } from '@/lib/tokens/secrets-in-text'

/** What cannot be seen, or turns the direction of writing, has no place in the words of a stranger. */
const UNSAFE = /[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu

/** What is kept of where a secret was seen: a secret in the address or the comment is cut out of it. */
export function sightingOf(
  source: LeakSource,
  told: {
    kind?: string | null | undefined
    url?: string | null | undefined
    comment?: string | undefined
  },
): Sighting {
  return {
    source,
    kind: plain(told.kind, 60),
    url: webAddress(told.url),
    comment: plain(told.comment, COMMENT_MAX),
  }
}

function plain(text: string | null | undefined, max: number): string | null {
  const clean = withoutSecrets((text ?? '').replaceAll(UNSAFE, ' ')).trim()
  return clean === '' || hidesSecret(clean) ? null : clean.slice(0, max)
}

/** http or https, without a password; null for everything else: admins will follow it. */
function webAddress(text: string | null | undefined): string | null {
  if (!text || text.length > URL_MAX || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  url.username = ''
  url.password = ''
  const address = withoutSecrets(url.href)
  if (!hidesSecret(address)) return address.slice(0, URL_MAX)
  return hidesSecret(url.origin) ? null : url.origin
}
