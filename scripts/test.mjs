// `npm test`: installs what is missing, then runs everything. The last line is "N passed, N failed",
// counted from the runners' own reports; a check or a runner that ends badly counts as one failure.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { failedInPlaywright, failedInVitest } from './failed-tests.mjs'
import { installPackages, requireAgreeingLock, requireNode } from './install.mjs'
import { bin, elapsed, endChildrenOnSignals, ROOT, run } from './run-command.mjs'

const USAGE = `Usage: npm test -- [--skip-checks] [--only NAME[,NAME…]]

  --skip-checks  only the test runners: no format, lint, types, boundaries, dead code, migrations
  --only NAMES   only these steps: format, types, boundaries, dead-code, migrations, unit, api, browser

With TEST_DATABASE_URL (a superuser of a PostgreSQL server) every test and every server under test uses
a database of its own there; without it each uses an embedded server.`

const MINUTES = 60_000
const RESULTS = join(ROOT, 'test-results')

const report = (name) => join(RESULTS, `${name}.json`)
const tool = (name, args, options) => run(bin(name), args, options)
const script = (name) => tool('tsx', [join('scripts', name)])

async function checkTypes() {
  // Writes the types of the routes, which the compiler then checks links against.
  const generated = await tool('next', ['typegen'], { quiet: true })
  return generated || tool('tsc', ['--noEmit', '--incremental', 'false'])
}

function vitest(project, timeoutMs) {
  const reporters = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report(project)}`,
  ]
  return tool('vitest', ['run', '--project', project, ...reporters], { timeoutMs })
}

async function playwright() {
  const { findBrowser } = await import('./browser.mjs')
  const path = await findBrowser()
  console.log(`  ${path}`)
  // Colours, names of landmarks and sizes of scripts cannot depend on which server holds the data.
  const left = options['skip-checks'] ? ['--grep-invert', '@appearance'] : []
  return tool('playwright', ['test', ...left], {
    env: { CHROMIUM_PATH: path },
    timeoutMs: 17 * MINUTES,
  })
}

const CHECKS = [
  { name: 'format', title: 'Format and lint (Biome)', work: () => tool('biome', ['ci', '.']) },
  // As long as all others together, and busy with one core: it goes on beside them.
  { name: 'types', title: 'Types (TypeScript)', work: checkTypes, isBeside: true },
  {
    name: 'boundaries',
    title: 'Import rules (dependency-cruiser)',
    work: () => run(process.execPath, [join('scripts', 'check-boundaries.mjs')]),
  },
  { name: 'dead-code', title: 'Dead code (knip)', work: () => tool('knip', ['--no-progress']) },
  { name: 'migrations', title: 'Migrations match the schema', work: () => script('db-drift.ts') },
]

const RUNNERS = [
  {
    name: 'unit',
    title: 'Unit and core tests (Vitest)',
    work: () => vitest('unit', 8 * MINUTES),
    count: countVitest,
    failures: failedInVitest,
  },
  {
    name: 'api',
    title: 'API tests of the built product (Vitest)',
    work: () => vitest('api', 10 * MINUTES),
    count: countVitest,
    failures: failedInVitest,
    needsBuild: true,
  },
  {
    name: 'browser',
    title: 'Browser tests of the built product (Playwright)',
    work: playwright,
    count: countPlaywright,
    failures: failedInPlaywright,
    needsBuild: true,
  },
]

function countVitest(facts) {
  // A file that cannot be loaded, or whose hook fails, has no failed test, and is a failure all the same.
  const without = facts.testResults.filter(
    ({ status, assertionResults: tests }) =>
      status === 'failed' && !tests.some((test) => test.status === 'failed'),
  ).length
  return { passed: facts.numPassedTests, failed: facts.numFailedTests + without }
}

function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
  }
}

/** What the runner wrote, or a single failure where it wrote nothing or ended badly without naming a test. */
function readCounts({ name, count, failures }, exitCode) {
  let counts = { passed: 0, failed: 0 }
  let named = []
  try {
    const facts = JSON.parse(readFileSync(report(name), 'utf8'))
    counts = count(facts)
    named = failures(facts, ROOT)
  } catch {
    console.error(`The runner of "${name}" wrote no report.`)
  }
  const wentBad = exitCode !== 0 || counts.passed + counts.failed === 0
  return { passed: counts.passed, failed: counts.failed || (wentBad ? 1 : 0), named }
}

async function perform(step) {
  const startedAt = Date.now()
  console.log(`\n== ${step.title}`)
  let exitCode = 1
  try {
    exitCode = await step.work()
  } catch (error) {
    console.error(error.message)
  }
  const counts = step.count
    ? readCounts(step, exitCode)
    : { passed: 0, failed: exitCode === 0 ? 0 : 1, named: [] }
  const result = { ...counts, title: step.title, took: elapsed(startedAt) }
  const verdict = result.failed === 0 ? 'ok' : 'FAILED'
  console.log(`== ${verdict}: ${step.title}, ${result.took}`)
  return result
}

async function build() {
  const { buildIfNeeded } = await import('./build.mjs')
  await buildIfNeeded()
  return 0
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'skip-checks': { type: 'boolean', default: false },
        only: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`)
    process.exit(2)
  }
}

function chooseSteps({ only, 'skip-checks': skipChecks }) {
  const all = [...(skipChecks ? [] : CHECKS), ...RUNNERS]
  const names = only?.split(',') ?? all.map(({ name }) => name)
  const unknown = names.find((name) => !all.some((step) => step.name === name))
  if (unknown !== undefined) {
    console.error(`There is no step "${unknown}".\n\n${USAGE}`)
    process.exit(2)
  }
  return all.filter(({ name }) => names.includes(name))
}

async function prepare() {
  requireNode()
  requireAgreeingLock()
  await installPackages()
  // Types and lint read the generated client.
  const { generateDatabaseClient } = await import('./build.mjs')
  await generateDatabaseClient()
  return 0
}

const notRun = ({ title }, why) => ({
  title,
  passed: 0,
  failed: 1,
  named: [],
  took: `not run: ${why}`,
})

async function performAll(steps) {
  const prepared = await perform({ title: 'Packages and database client', work: prepare })
  if (prepared.failed > 0) return [prepared]
  const checks = steps.filter(({ count }) => !count)
  const results = await performChecks(checks)
  let built
  for (const step of steps) {
    if (checks.includes(step)) continue
    if (step.needsBuild && !built) {
      built = await perform({ title: 'Build', work: build })
      results.push(built)
    }
    const isBlocked = step.needsBuild && built.failed > 0
    results.push(isBlocked ? notRun(step, 'there is no build') : await perform(step))
  }
  return results
}

/** One after the other, but for those that go on beside them. What they print may mix; results are named. */
async function performChecks(checks) {
  const beside = new Map(
    checks.filter(({ isBeside }) => isBeside).map((step) => [step, perform(step)]),
  )
  const results = new Map()
  for (const step of checks) if (!beside.has(step)) results.set(step, await perform(step))
  for (const [step, result] of beside) results.set(step, await result)
  return checks.map((step) => results.get(step))
}

const options = readOptions()
if (options.help) {
  console.log(USAGE)
  process.exit(0)
}
const steps = chooseSteps(options)
const startedAt = Date.now()
endChildrenOnSignals()
for (const { name } of steps) if (existsSync(report(name))) rmSync(report(name))
mkdirSync(RESULTS, { recursive: true })
const results = await performAll(steps)

console.log(`\nEverything took ${elapsed(startedAt)}:`)
for (const { title, passed, failed, took, named } of results) {
  const verdict = failed > 0 ? 'FAILED' : 'ok'
  const counts = passed + failed > 0 ? `${passed} passed, ${failed} failed, ` : ''
  console.log(`  ${verdict.padEnd(7)}${title} (${counts}${took})`)
  for (const failure of named) console.log(failure)
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') > 0 ? 1 : 0)
