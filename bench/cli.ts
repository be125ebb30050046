import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { median } from '@/bench/statistics'
import { createWorld } from '@/e2e/api/support/world'

/** How long the command takes to answer beyond what Node itself takes to start: `npm run bench:cli`. */

const ROUNDS = 15
const COMMAND = resolve(import.meta.dirname, '../cli/fruxon.mjs')

function milliseconds(args: readonly string[], env: Record<string, string>): number {
  const startedAt = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, {
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return performance.now() - startedAt
}

const world = await createWorld()
const home = mkdtempSync(join(tmpdir(), 'fruxon-bench-'))
try {
  const org = await world.organization()
  const admin = await org.person('ADMIN')
  const { secret } = await org.token(admin, ['keys:read'])
  const env = {
    FRUXON_HOME: home,
    FRUXON_BASE_URL: world.product.url,
    FRUXON_ORG: org.slug,
    FRUXON_TOKEN: secret,
  }
  const cases: [string, string[]][] = [
    ['node -e 0', ['-e', '0']],
    ['fruxon --version', [COMMAND, '--version']],
    ['fruxon keys list --output json', [COMMAND, 'keys', 'list', '--output', 'json']],
  ]
  // In turns, so that what else the machine does meets all of them.
  const taken = new Map(cases.map(([name]) => [name, [] as number[]]))
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, args] of cases) {
      const took = milliseconds(args, env)
      if (round > 0) taken.get(name)?.push(took)
    }
  }
  const bare = median(taken.get('node -e 0') ?? [])
  for (const [name, times] of taken) {
    const middle = median(times)
    const beyond = name === 'node -e 0' ? '' : `  +${(middle - bare).toFixed(0)} ms`
    console.log(`${name.padEnd(32)} ${middle.toFixed(0).padStart(5)} ms${beyond}`)
  }
} finally {
  rmSync(home, { recursive: true, force: true })
  await world.close()
}
