import { withoutSecrets } from '@/lib/tokens/secrets-in-text'

/**
 * The older documents' paths (/apiKeys, /userProfile, /model-usages, /cost/timeseries) answer as before but say where to go (RFC 9745, RFC 8594).
 * A year between the two dates; from the second on the paths may answer 410.
 */
const DEPRECATED_SINCE = Date.UTC(2026, 10, 1) / 1000
const SUNSET = new Date(Date.UTC(2027, 10, 1)).toUTCString()

/** Marks an answer on an older path; the successor is the same path in the newer words. */
export function addDeprecation(headers: Record<string, string>, url: string): void {
  const path = url.slice(url.indexOf('/', url.indexOf('://') + 3)).split('?')[0] ?? ''
  const successor = withoutSecrets(
    path
      .replace('/apiKeys', '/tokens')
      .replace('/v1/userProfile', '/v1/users/me')
      .replace(/\/model-usages$/, '/modelUsages')
      .replace(/\/cost\/timeseries$/, '/costTimeseries')
      .replaceAll(/[<>"\s]/g, ''),
  )
  const links = `<${successor}>; rel="successor-version", </docs/api#migration>; rel="deprecation"; type="text/html"`
  headers.Deprecation = `@${DEPRECATED_SINCE}`
  headers.Sunset = SUNSET
  headers.Link = headers.Link ? `${headers.Link}, ${links}` : links
}
