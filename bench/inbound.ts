import { parseArgs } from 'node:util'
import { buildIfMissing } from '@/bench/servers'
import { number, table } from '@/bench/statistics'
import { crashWhileDelivering } from '@/e2e/api/support/inbound-crashes'

/**
 * `npm run bench:inbound`: ten thousand deliveries and their copies from a sender that repeats until it is answered,
 * while the server is killed (SIGKILL) again and again. Every delivery must be stored once, with a dispatch for each of the
 * two subscribers of its endpoint, and each must be taken by its receiver or lie in the dead letter. Fails where one is
 * lost.
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
      ['dispatches to two subscribers', number(outcome.dispatches)],
      ['taken by their receiver', number(outcome.fired)],
      ['in the dead letter', number(outcome.dead)],
      ['in the dead letter although taken', number(outcome.wronglyDead)],
      ['counted wrong by their delivery', number(outcome.miscounted)],
      ['lost', number(outcome.lost)],
      ['taken again under the same id', number(outcome.repeats)],
      ['seconds', number(outcome.seconds, 1)],
    ],
  ),
)
const { sent, stored, dispatches, fired, dead, lost, torn, miscounted } = outcome
const isWhole = stored === sent && dispatches === 2 * sent && fired + dead >= dispatches
if (lost + torn + miscounted > 0 || !isWhole) process.exit(1)
