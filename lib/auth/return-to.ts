const ANY_ORIGIN = 'http://origin.invalid'

/**
 * Where to go after signing in: a path of this site, else '/'. What comes from an address bar may say
 * `//evil.example`, `/\evil.example` or `javascript:…`, which browsers take for another place.
 */
export function safeReturnTo(value: string | null | undefined): string {
  if (!value?.startsWith('/')) return '/'
  let url: URL
  try {
    url = new URL(value, ANY_ORIGIN)
  } catch {
    return '/'
  }
  if (url.origin !== ANY_ORIGIN) return '/'
  // The parsed form, not the text: what was checked is what is used.
  const path = `${url.pathname}${url.search}${url.hash}`
  const leadsBack = url.pathname === '/sign-in' || url.pathname.startsWith('/api/')
  return path.startsWith('//') || leadsBack ? '/' : path
}
