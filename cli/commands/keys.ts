import { type Command, Option } from 'commander'
import { usage } from '../failure'
import { running, type Session } from '../session'
import type { Surroundings } from '../surroundings'
import { ago, expiry, lower, moment, plural } from '../words'
import { limit } from './arguments'
import {
  ACTIVITY_COLUMNS,
  type ActivityEvent,
  type AuditEvent,
  EVENT_COLUMNS,
  LIMIT_DEFAULT,
  LIMIT_HELP,
} from './histories'
import { addEnding, addMaking, tokenId, WHY_NO_SECRET } from './key-changes'
import { isLive, maskedToken, stateStyle, TOKEN_COLUMNS, type Token } from './tokens'

export function addKeys(program: Command, place: Surroundings): void {
  const keys = program
    .command('keys')
    .alias('tokens')
    .summary('read and revoke tokens; open the browser to make them')
    .description(`Tokens of the organization. ${WHY_NO_SECRET}`)
    .addHelpText(
      'after',
      `
Examples:
  fruxon keys list
  fruxon keys list --output id | xargs -n1 fruxon keys show --output json
  fruxon keys mint --name prod-server --preset runner --days 90
  fruxon keys revoke 01980e2c-7d3a-7000-8000-000000000000 --yes`,
    )
  addReading(keys, place)
  addEnding(keys, place)
  addMaking(keys, place)
}

function addReading(keys: Command, place: Surroundings): void {
  keys
    .command('list')
    .summary('list tokens, newest first')
    .description('Live tokens, newest first: your own, and for admins everybody’s.')
    .option('--all', 'ended tokens too')
    .addOption(
      new Option('--type <type>', 'only of people or of service accounts').choices([
        'user',
        'service-account',
      ]),
    )
    .action(
      running(place, async (session, flags: { all?: boolean; type?: string }) => {
        const organization = await session.organization()
        const every = await organization.call<Token[]>('/tokens')
        const type = flags.type?.replace('-', '_').toUpperCase()
        const shown = every.filter(
          (token) => (flags.all || isLive(token)) && (!type || token.type === type),
        )
        session.out.list(shown, TOKEN_COLUMNS, 'No tokens. Make one: fruxon keys mint')
        const hidden = every.length - shown.length
        if (session.out.format === 'table' && shown.length > 0) {
          const rest = hidden > 0 ? `, ${hidden} not shown (--all)` : ''
          session.out.note(session.out.paint(`\n${plural(shown.length, 'token')}${rest}`, 'dim'))
        }
      }),
    )
  keys
    .command('show')
    .summary('everything known of one token, but its secret')
    .addArgument(tokenId())
    .action(
      running(place, async (session, token: string) => {
        const organization = await session.organization()
        showToken(
          session,
          await organization.call<Token & { effectiveScopes?: string[] }>(`/tokens/${token}`),
        )
      }),
    )
  keys
    .command('history')
    .summary('what was done to a token, its rotations included')
    .addArgument(tokenId())
    .addOption(
      new Option('--limit <count>', LIMIT_HELP).argParser(limit).default(50, LIMIT_DEFAULT),
    )
    .action(
      running(place, async (session, token: string, flags: { limit: number }) => {
        const organization = await session.organization()
        const events = await organization.items<AuditEvent>(
          `/tokens/${token}/auditEvents`,
          flags.limit,
        )
        session.out.list(events, EVENT_COLUMNS, 'Nothing was done to it.')
      }),
    )
  keys
    .command('activity')
    .summary('what a token did, call by call')
    .addArgument(tokenId())
    .option('--search <text>', 'part of the method, path, status, address or actor')
    .addOption(
      new Option('--limit <count>', LIMIT_HELP).argParser(limit).default(50, LIMIT_DEFAULT),
    )
    .action(
      running(place, async (session, token: string, flags: { limit: number; search?: string }) => {
        const organization = await session.organization()
        const events = await organization.items<ActivityEvent>(
          `/tokens/${token}/activity`,
          flags.limit,
          { search: flags.search },
        )
        session.out.list(events, ACTIVITY_COLUMNS, 'It has not called yet.')
      }),
    )
  keys
    .command('scopes')
    .summary('the scopes that tokens can have, and the presets')
    .option('--preset <preset>', 'only those of one preset')
    .action(
      running(place, async (session, flags: { preset?: string }) => {
        const organization = await session.organization()
        const catalogue = await organization.call<Catalogue>('/tokens/scopes')
        const preset = catalogue.presets.find((one) => one.id === flags.preset)
        if (flags.preset && !preset) {
          const known = catalogue.presets.map((one) => one.id).join(', ')
          throw usage(
            `There is no preset ${JSON.stringify(flags.preset)}.`,
            `Choose one of ${known}.`,
          )
        }
        const scopes = catalogue.scopes.filter(
          (scope) => !preset || preset.scopes.includes(scope.id),
        )
        session.out.list(
          scopes,
          [
            { title: 'Scope', text: (scope) => scope.id },
            {
              title: 'Risk',
              text: ({ risk }) => lower(risk),
              style: ({ risk }) => (risk === 'HIGH' ? 'red' : risk === 'MEDIUM' ? 'yellow' : 'dim'),
            },
            {
              title: 'Lets a token',
              text: ({ helper }) => helper.replace(/^This token can /, ''),
              flexible: true,
            },
          ],
          'No scopes.',
        )
      }),
    )
}

interface Catalogue {
  scopes: { id: string; label: string; helper: string; risk: string }[]
  presets: { id: string; scopes: string[] }[]
}

function showToken(session: Session, token: Token & { effectiveScopes?: string[] }): void {
  const { out } = session
  out.item(token, [
    ['Name', out.paint(token.name, 'bold')],
    ['State', `${out.paint(lower(token.state), stateStyle(token))}  ${token.stateReason}`],
    ['Token', maskedToken(token)],
    ['Owner', token.ownerLabel],
    ['Made', `${moment(token.createdAt)} by ${token.createdBy}`],
    ['Expires', expiry(token.effectiveExpiresAt)],
    ['Last used', `${ago(token.lastUsedAt)}${token.lastUsedIp ? ` from ${token.lastUsedIp}` : ''}`],
    ['Scopes', token.scopes.join(' ')],
    ...(token.replacedById ? [['Replaced by', token.replacedById] as const] : []),
    ['Id', token.id],
  ])
}
