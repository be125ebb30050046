import type { Hono } from 'hono'
import type { Door } from '@/app/v1/_api/door'
import { send } from '@/app/v1/_api/send'
import type { ApiEnv } from '@/app/v1/_api/visit'
import { newId } from '@/lib/ids'

const PATH = '/.well-known/security.txt'
const DAY_MS = 86_400_000
/** RFC 9116 wants less than a year. */
const LIFE_DAYS = 180

/** RFC 9116: whom to write to, and where a found token is reported. Only where somebody is named. */
export function addSecurityTxt(app: Hono<ApiEnv>, door: Door): void {
  const { SECURITY_CONTACT: contact, PUBLIC_URL: publicUrl } = door.runtime.environment
  if (contact === undefined) return
  app.get(PATH, (c) => {
    const expires = new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS + LIFE_DAYS * DAY_MS)
    const body = [
      '# Found a token of ours (fx_pat_…, fx_sat_…)? Report it here, and it is dealt with at once:',
      `#   curl ${publicUrl}/v1/leakReports --json '{"token": "…", "url": "where you found it"}'`,
      `Contact: ${contact}`,
      `Expires: ${expires.toISOString()}`,
      'Preferred-Languages: en',
      `Canonical: ${publicUrl}${PATH}`,
      '',
    ].join('\n')
    const headers = {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'public, max-age=3600',
    }
    return send(
      c,
      { status: 200, body, headers },
      { ...door.standingHeaders, 'X-Request-Id': newId(), ...headers },
    )
  })
}
