import { Argument, type Command, Option } from 'commander'
import type { Style } from '../output'
import { running, type Session } from '../session'
import type { Surroundings } from '../surroundings'
import { ago, lower, moment, plural } from '../words'
import { id, limit } from './arguments'
import {
  ACTIVITY_COLUMNS,
  type ActivityEvent,
  type AuditEvent,
  EVENT_COLUMNS,
  LIMIT_DEFAULT,
  LIMIT_HELP,
} from './histories'
import { TOKEN_COLUMNS, type Token } from './tokens'

interface Account {
  id: string
  name: string
  description: string
  scopes: string[]
  state: 'ACTIVE' | 'SUSPENDED' | 'REVOKED'
  createdBy: string
  createdAt: number
  activeTokens: number
  lastUsedAt: number | null
}

const STYLES: Record<Account['state'], Style> = {
  ACTIVE: 'green',
  SUSPENDED: 'yellow',
  REVOKED: 'red',
}

const accountId = () => new Argument('<id>', 'id of the service account').argParser(id)

export function addServiceAccounts(program: Command, place: Surroundings): void {
  const accounts = program
    .command('service-accounts')
    .alias('sa')
    .summary('read, suspend and revoke service accounts')
    .description('Service accounts: who workloads act as. To pause one is to pause all its tokens.')
    .addHelpText(
      'after',
      `
Examples:
  fruxon service-accounts list
  fruxon service-accounts suspend 01980e2c-7d3a-7000-8000-000000000000 --yes`,
    )
  addReading(accounts, place)
  addDeciding(accounts, place)
}

function addReading(accounts: Command, place: Surroundings): void {
  accounts
    .command('list')
    .summary('list service accounts')
    .option('--all', 'revoked ones too')
    .addOption(new Option('--limit <count>', LIMIT_HELP).argParser(limit).default(200, '200'))
    .action(
      running(place, async (session, flags: { all?: boolean; limit: number }) => {
        const organization = await session.organization()
        const every = await organization.items<Account>('/serviceAccounts', flags.limit)
        session.out.list(
          every.filter(({ state }) => flags.all || state !== 'REVOKED'),
          [
            { title: 'Name', text: ({ name }) => name, flexible: true },
            {
              title: 'State',
              text: ({ state }) => lower(state),
              style: ({ state }) => STYLES[state],
            },
            { title: 'Tokens', text: ({ activeTokens }) => String(activeTokens), right: true },
            {
              title: 'Scopes',
              text: ({ scopes }) => String(scopes.length),
              right: true,
              from: 110,
            },
            { title: 'Last used', text: ({ lastUsedAt }) => ago(lastUsedAt), from: 96 },
            { title: 'Id', text: (account) => account.id, style: () => 'dim', whole: true },
          ],
          'No service accounts.',
        )
      }),
    )
  accounts
    .command('show')
    .summary('one service account and its tokens')
    .addArgument(accountId())
    .action(
      running(place, async (session, account: string) => {
        const organization = await session.organization()
        const found = await organization.call<Account & { tokens: Token[] }>(
          `/serviceAccounts/${account}`,
        )
        showAccount(session, found)
      }),
    )
  accounts
    .command('history')
    .summary('what was done to a service account and its tokens')
    .addArgument(accountId())
    .addOption(
      new Option('--limit <count>', LIMIT_HELP).argParser(limit).default(50, LIMIT_DEFAULT),
    )
    .action(
      running(place, async (session, account: string, flags: { limit: number }) => {
        const organization = await session.organization()
        const path = `/serviceAccounts/${account}/auditEvents`
        const events = await organization.items<AuditEvent>(path, flags.limit)
        session.out.list(events, EVENT_COLUMNS, 'Nothing was done to it.')
      }),
    )
  accounts
    .command('activity')
    .summary('what its tokens did, call by call')
    .addArgument(accountId())
    .option('--search <text>', 'part of the method, path, status, address or actor')
    .addOption(
      new Option('--limit <count>', LIMIT_HELP).argParser(limit).default(50, LIMIT_DEFAULT),
    )
    .action(
      running(
        place,
        async (session, account: string, flags: { limit: number; search?: string }) => {
          const organization = await session.organization()
          const path = `/serviceAccounts/${account}/activity`
          const query = { search: flags.search }
          const events = await organization.items<ActivityEvent>(path, flags.limit, query)
          session.out.list(events, ACTIVITY_COLUMNS, 'It has not called yet.')
        },
      ),
    )
}

function showAccount({ out }: Session, account: Account & { tokens: Token[] }): void {
  out.item(account, [
    ['Name', out.paint(account.name, 'bold')],
    ['State', out.paint(lower(account.state), STYLES[account.state])],
    ...(account.description ? [['About', account.description] as const] : []),
    ['Made', `${moment(account.createdAt)} by ${account.createdBy}`],
    ['Last used', ago(account.lastUsedAt)],
    ['Scopes', account.scopes.join(' ') || 'none'],
    ['Id', account.id],
  ])
  if (out.format !== 'table' || account.tokens.length === 0) return
  out.lines(['', out.paint(plural(account.tokens.length, 'token'), 'bold')])
  out.list(account.tokens, TOKEN_COLUMNS, '')
}

const DECISIONS = [
  {
    verb: 'suspend',
    summary: 'pause it: all its tokens are refused until it is resumed',
    question: (name: string) => `Suspend ${name}? All its tokens are refused until you resume it.`,
    done: (name: string) => `Suspended ${name}.`,
  },
  {
    verb: 'revoke',
    summary: 'end it and all its tokens, for good',
    question: (name: string) => `Revoke ${name}? It and all its tokens end at once, for good.`,
    done: (name: string) => `Revoked ${name} and its tokens.`,
  },
] as const

function addDeciding(accounts: Command, place: Surroundings): void {
  for (const { verb, summary, question, done } of DECISIONS) {
    accounts
      .command(verb)
      .summary(summary)
      .addArgument(accountId())
      .action(
        running(place, async (session, account: string) => {
          const organization = await session.organization()
          const path = `/serviceAccounts/${account}`
          const { name } = await organization.call<Account>(path)
          await session.confirm(question(name))
          if (verb === 'revoke') await organization.call(path, { method: 'DELETE' })
          else await organization.call(`${path}:suspend`, { method: 'POST', body: {} })
          session.out.done({ id: account }, done(name))
        }),
      )
  }
  accounts
    .command('resume')
    .summary('let it go on after a suspension')
    .addArgument(accountId())
    .action(
      running(place, async (session, account: string) => {
        const organization = await session.organization()
        const path = `/serviceAccounts/${account}`
        await organization.call(`${path}:resume`, { method: 'POST', body: {} })
        const { name } = await organization.call<Account>(path)
        session.out.done({ id: account }, `Resumed ${name}.`)
      }),
    )
}
