import type { Command } from 'commander'
import { Client } from '../client'
import { running } from '../session'
import { formatOf } from '../settings'
import type { Surroundings } from '../surroundings'
import { expiry } from '../words'
import type { Health } from './keep'

interface Line {
  setting: string
  value: string | null
  origin: string | null
}

export function addWhoami(program: Command, place: Surroundings): void {
  program
    .command('whoami')
    .summary('who calls, where, and where each value comes from')
    .description(
      'Shows the settings that a command would use, with the origin of each (flag, env, keychain, file or default), and what the service says of the token. Never the token itself.',
    )
    .addHelpText('after', '\nExamples:\n  fruxon whoami\n  fruxon whoami --output json')
    .action(
      running(place, async (session) => {
        const { out, flags } = session
        const settings = await session.settings()
        const { baseUrl, workspace, token } = settings
        const format = formatOf(flags, place)
        const lines: Line[] = [
          { setting: 'Base URL', ...baseUrl },
          {
            setting: 'Workspace',
            value: workspace?.value ?? null,
            origin: workspace?.origin ?? null,
          },
          {
            setting: 'Token',
            value: token ? shown(token.value) : null,
            origin: token?.origin ?? null,
          },
          { setting: 'Output', ...format },
        ]
        const health =
          token && workspace
            ? await new Client(baseUrl.value, token.value).call<Health>(
                `/v1/tenants/${encodeURIComponent(workspace.value)}/auth/health`,
              )
            : null
        if (out.format === 'json') {
          return out.json({
            settings: Object.fromEntries(
              lines.map(({ setting, value, origin }) => [camel(setting), { value, origin }]),
            ),
            identity: health,
          })
        }
        if (out.format === 'id') return out.lines(health ? [health.userId ?? health.tenantId] : [])
        out.list(
          lines.map((line) => ({ ...line, id: line.setting, value: line.value ?? '(none)' })),
          [
            { title: 'Setting', text: ({ setting }) => setting },
            { title: 'Value', text: ({ value }) => value ?? '', flexible: true },
            { title: 'From', text: ({ origin }) => origin ?? 'nowhere', style: () => 'dim' },
          ],
          '',
        )
        if (!health) return out.note('\nNot signed in. Run fruxon login.')
        out.lines([''])
        out.facts([
          ['Acts as', health.email ?? `service account, by ${health.apiKeyName}`],
          ['Token name', health.apiKeyName],
          ['Expires', expiry(health.apiKeyExpiresAt)],
          ['Scopes', `${health.scopes.length}: ${scopeWords(health.scopes)}`],
        ])
      }),
    )
}

/** As lists show tokens: enough to find it there, and to open nothing. */
function shown(token: string): string {
  return /^fxn?_[a-z]+_/.test(token) && token.length >= 24
    ? `${/^fxn?_[a-z]+_/.exec(token)?.[0]}${token.slice(7, 11)}…${token.slice(-4)}`
    : '(set)'
}

const camel = (words: string) =>
  words
    .toLowerCase()
    .replace(/ url$/, 'Url')
    .replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase())

/** `agents:read,write keys:read`. */
function scopeWords(scopes: readonly string[]): string {
  const actions = new Map<string, string[]>()
  for (const scope of scopes) {
    const [resource = '', action = ''] = scope.split(':')
    actions.set(resource, [...(actions.get(resource) ?? []), action])
  }
  return [...actions].map(([resource, list]) => `${resource}:${list.join(',')}`).join(' ')
}
