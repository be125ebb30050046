// Runs dependency-cruiser and distrusts a clean answer: with a TypeScript it does not know it sees no
// module at all and reports success. Every file that exists must have been seen.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { bin, ROOT } from './run-command.mjs'

const FOLDERS = ['app', 'bench', 'cli', 'components', 'e2e', 'lib', 'prisma', 'scripts']
const ENTRY_FILES = readdirSync(ROOT).filter(
  (name) => /\.ts$/.test(name) && !name.endsWith('.d.ts'),
)
const CONFIGS = ['.dependency-cruiser.cjs', '.dependency-cruiser.runtime.cjs']
const SOURCE_FILE = /\.(ts|tsx|mts|mjs)$/
const GENERATED = 'lib/db/generated/'
const OUTPUT_LIMIT_BYTES = 200 * 1024 * 1024

function filesIn(folder) {
  if (!existsSync(join(ROOT, folder))) return []
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE_FILE.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(ROOT.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((file) => !file.startsWith(GENERATED) && !file.endsWith('.d.ts'))
}

function cruise(config) {
  const answer = spawnSync(
    bin('depcruise'),
    [...roots, '--config', config, '--output-type', 'json'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: OUTPUT_LIMIT_BYTES },
  )
  try {
    return JSON.parse(answer.stdout)
  } catch {
    console.error(answer.stderr || answer.error?.message || 'dependency-cruiser gave no report.')
    process.exit(1)
  }
}

const isThere = (path) => existsSync(join(ROOT, path))
const roots = [...FOLDERS, ...ENTRY_FILES].filter(isThere)
const existing = [...FOLDERS.flatMap(filesIn), ...ENTRY_FILES.filter(isThere)]
const problems = []
for (const config of CONFIGS) {
  const { modules, summary } = cruise(config)
  for (const { rule, from, to, via, cycle } of summary.violations) {
    const path = (cycle ?? via)?.map(({ name }) => name).join(' -> ') ?? to
    problems.push(`${rule.name}: ${from} -> ${path}`)
  }
  const seen = new Set(modules.map(({ source }) => source))
  for (const file of existing) {
    if (!seen.has(file)) problems.push(`not seen by dependency-cruiser (${config}): ${file}`)
  }
}
for (const problem of problems) console.error(problem)
if (problems.length > 0 || existing.length === 0) process.exit(1)
console.log(`${existing.length} modules keep to the import rules.`)
