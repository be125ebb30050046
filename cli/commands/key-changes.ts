import { Argument, type Command, Option } from 'commander'
import { PRESET_IDS } from '@/lib/access/presets'
import { openInBrowser } from '../browser'
import { running, type Session } from '../session'
import type { Surroundings } from '../surroundings'
import { days, id } from './arguments'
import { maskedToken, type Token } from './tokens'

export const WHY_NO_SECRET =
  'Secrets are made in the browser only: what a terminal prints ends in scrollback, logs and the context of agents.'

export const tokenId = () => new Argument('<id>', 'id of the token').argParser(id)

/** Ending tokens, which cannot be taken back. */
export function addEnding(keys: Command, place: Surroundings): void {
  const revoke = running(place, async (session: Session, token: string) => {
    const organization = await session.organization()
    const found = await organization.call<Token>(`/tokens/${token}`)
    const name = `${found.name} (${maskedToken(found)})`
    await session.confirm(`Revoke ${name}? It stops working at once, for good.`)
    await organization.call(`/tokens/${token}`, { method: 'DELETE' })
    session.out.done(
      { id: token },
      `Revoked ${name}. Its history stays: fruxon keys history ${token}`,
    )
  })
  keys
    .command('revoke')
    .summary('end a token at once, for good')
    .description('The next call with it is refused. Its history stays.')
    .addArgument(tokenId())
    .action(revoke)
  keys
    .command('delete')
    .summary('the same as revoke: tokens are ended, never erased')
    .addArgument(tokenId())
    .action(revoke)
}

/** Minting and rotating: a link to where it is done. */
export function addMaking(keys: Command, place: Surroundings): void {
  keys
    .command('mint')
    .summary('open the browser to make a token')
    .description(`Opens the form of the dashboard, filled in. ${WHY_NO_SECRET}`)
    .option('--name <name>', 'where it will live, such as prod-server')
    .addOption(new Option('--preset <preset>', 'its scopes').choices(PRESET_IDS))
    .option('--scopes <scopes>', 'or scope by scope, comma-separated')
    .addOption(new Option('--days <days>', 'its life').argParser(days))
    .addHelpText(
      'after',
      '\nExample:\n  fruxon keys mint --name ci-evals --preset builder --days 30',
    )
    .action(
      running(
        place,
        async (
          session,
          flags: { name?: string; preset?: string; scopes?: string; days?: number },
        ) => {
          const organization = await session.organization()
          const query = new URLSearchParams({ tab: 'personal', create: '1' })
          if (flags.name) query.set('name', flags.name)
          if (flags.preset) query.set('preset', flags.preset)
          if (flags.scopes) query.set('scopes', flags.scopes)
          if (flags.days) query.set('expirationDays', String(flags.days))
          lead(session, organization.page(`/settings/api-access?${query}`), 'make the token')
        },
      ),
    )
  keys
    .command('rotate')
    .summary('open the browser to replace a token’s secret')
    .description(`Opens the form of the dashboard. ${WHY_NO_SECRET}`)
    .addArgument(tokenId())
    .action(
      running(place, async (session, token: string) => {
        const organization = await session.organization()
        const { name } = await organization.call<Token>(`/tokens/${token}`)
        const page = organization.page(`/settings/api-access/tokens/${token}?rotate=1`)
        lead(session, page, `rotate ${name}`)
      }),
    )
}

/** To the page where it is done; nothing is sent from here. */
function lead({ out, place }: Session, url: string, purpose: string) {
  const opened = openInBrowser(url, place)
  if (out.format === 'json') return out.json({ url, opened })
  if (out.format === 'id') return out.lines([url])
  out.lines([
    `${opened ? 'Your browser opens the page' : 'Open this page'} to ${purpose}:`,
    `  ${out.paint(url, 'cyan')}`,
  ])
}
