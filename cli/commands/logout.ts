import type { Command } from 'commander'
import { Client } from '../client'
import { keyOf, type Workspace } from '../credential-file'
import { Failure } from '../failure'
import { readKeychain } from '../keychain'
import { keepSecret } from '../redaction'
import { running } from '../session'
import type { Surroundings } from '../surroundings'
import { forgetWorkspace } from './keep'

/** What revoking itself needs: the id of the token in hand. */
interface Current {
  id: string
  scopes: string[]
}

export function addLogout(program: Command, place: Surroundings): void {
  program
    .command('logout')
    .summary('forget the token of this computer')
    .description(
      'Forgets the token here. With --revoke it also stops working everywhere, if it may revoke itself (keys:write).',
    )
    .option('--revoke', 'revoke the token too')
    .addHelpText('after', '\nExamples:\n  fruxon logout\n  fruxon logout --workspace acme --revoke')
    .action(
      running(place, async (session, flags: { revoke?: boolean }) => {
        const { kept } = await session.settings()
        if (!kept) throw new Failure('auth_required', 'This computer is not signed in there.')
        const revoked = flags.revoke === true && (await revokeItself(kept))
        await forgetWorkspace(place, kept)
        const { id, slug } = kept
        session.out.done(
          { id, slug, revoked } as { id: string },
          revoked
            ? `Signed out of ${kept.name}; the token works no more.`
            : `Signed out of ${kept.name}. The token itself still works until it is revoked: ${kept.dashboardUrl}/${slug}/settings/api-access`,
        )
      }),
    )
}

async function revokeItself(kept: Workspace): Promise<boolean> {
  const token = kept.storage === 'file' ? (kept.token ?? null) : await readKeychain(keyOf(kept))
  if (token === null) return false
  keepSecret(token)
  const client = new Client(kept.baseUrl, token)
  const path = `/v1/tenants/${kept.id}/tokens`
  const { id } = await client.call<Current>(`${path}/current`)
  await client.call(`${path}/${id}`, { method: 'DELETE' })
  return true
}
