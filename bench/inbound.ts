import { parseArgs } from 'node:util'
import { buildIfMissing } from '@/bench/servers'
import { number, table } from '@/bench/statistics'
import { crashWhileDelivering } from '@/e2e/api/support/inbound-crashes'

/**
 * `npm run bench:inbound`: ten thousand deliveries and their copies from a sender that repeats until it is answered,
 * while the server is killed (SIGKILL) again and again. Every delivery must be stored once, and be taken by the
 * receiver or lie in the dead letter. Fails where one is lost.
 */

const { values: flags } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '5' },
  },
})

await buildIfMissing('dist/server.mjs')
const outcome = await crashWhileDelivering({
  deliveries: Number(flags.deliveries),
  kills: Number(flags.kills),
  onKill: (said) => console.log(said),
})
console.log(
  table(
    ['what', 'deliveries'],
    [
      ['sent', number(outcome.sent)],
      ['requests that carried them', number(outcome.requests)],
      ['stored', number(outcome.stored)],
      ['acknowledged under two ids', number(outcome.torn)],
      ['taken by the receiver', number(outcome.fired)],
      ['in the dead letter', number(outcome.dead)],
      ['in the dead letter although taken', number(outcome.wronglyDead)],
      ['lost', number(outcome.lost)],
      ['taken again under the same id', number(outcome.repeats)],
      ['seconds', number(outcome.seconds, 1)],
    ],
  ),
)
const { sent, stored, fired, dead, lost, torn } = outcome
if (lost + torn > 0 || stored !== sent || fired + dead < sent) process.exit(1)
