const LIMIT = 500

/** Of nodemailer, where no server answered. */
const NO_ANSWER = ['ECONNECTION', 'EDNS', 'ESOCKET', 'ETIMEDOUT']

/**
 * What went wrong, fit to be kept and shown to people of the organization: one line without the one-time
 * link and the server's password, which a server may repeat in its answer, and without where that server is.
 */
export function causeOf(
  error: unknown,
  secrets: { link: string | null; smtpUrl: string | undefined },
): string {
  let text = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && 'code' in error && NO_ANSWER.includes(String(error.code))) {
    const reason = /\bE[A-Z_]{3,}\b/.exec(text)?.[0] ?? String(error.code)
    return `The server for e-mail does not answer (${reason}).`
  }
  for (const secret of [...partsOfLink(secrets.link), ...partsOfUrl(secrets.smtpUrl)]) {
    text = text.replaceAll(secret, '…')
  }
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, LIMIT)
}

/** The link, and its last part alone: that is the secret. */
function partsOfLink(link: string | null): string[] {
  if (link === null) return []
  return [link, link.slice(link.lastIndexOf('/') + 1)].filter(Boolean)
}

function partsOfUrl(url: string | undefined): string[] {
  if (!url) return []
  const { password } = new URL(url)
  return [url, password, decoded(password)].filter(Boolean)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
