// What reaches the browser, after types are gone: a client file must not draw in a query, a command or the
// database, however long the way. The boundary is found from the 'use client' line itself.
const { readdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const { options } = require('./.dependency-cruiser.cjs')

/** Parts of the core that run in a browser as well: rules and shapes, no input or output. */
const ISOMORPHIC = [
  '^lib/access/(scopes|presets|device-presets|roles|principal)\\.ts$',
  '^lib/(errors|paging|ids|legible-name|local-date|storable-text)\\.ts$',
  '^lib/[^/]+/(schema|model|limits)\\.ts$',
  '^lib/audit/events\\.ts$',
  '^lib/inbound/event-filter\\.ts$',
  '^lib/integrations/tools\\.ts$',
  '^lib/auth/(device|password-strength|return-to)\\.ts$',
  '^lib/model-pricing/(cost-lines|dollars|name-match|rate-changes|rate-text|rates|token-kinds)\\.ts$',
  '^lib/datasets/(case-file|csv-cases|replace-plan)\\.ts$',
  '^lib/evaluation-metrics/weights\\.ts$',
  '^lib/evaluations/score\\.ts$',
  '^lib/organization/slug\\.ts$',
  '^lib/billing/(check-digits|countries|eu-vat|money|tax-id)\\.ts$',
  '^lib/invoices/(invoice-sections|total-rows|wording)\\.ts$',
  '^lib/plans/(billing-period|plan)\\.ts$',
  '^lib/usage/(comparison|origin|period|request-series|series)\\.ts$',
  '^lib/tokens/(review-sentence|utc-date)\\.ts$',
].join('|')

/** The compiler turns their exports into remote calls: what is behind them stays on the server. */
const ACTIONS = '/[^/]*actions\\.ts$'

function clientFiles(folder) {
  return readdirSync(join(__dirname, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /^\s*['"]use client['"]/.test(readFileSync(path, 'utf8')))
    .map((path) => path.slice(__dirname.length + 1).replaceAll('\\', '/'))
}

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const CLIENT = ['app', 'components']
  .flatMap(clientFiles)
  .map((path) => `^${literally(path)}$`)
  .join('|')

module.exports = {
  forbidden: [
    {
      name: 'client-reaches-no-server',
      comment: 'A client file drew in a server-only part of the core.',
      severity: 'error',
      from: { path: `${CLIENT}|^components/`, pathNot: '\\.test\\.tsx?$' },
      to: { path: '^lib/', pathNot: ISOMORPHIC, reachable: true },
    },
    {
      name: 'isomorphic-stays-pure',
      comment: 'What runs in a browser cannot use Node or the database.',
      severity: 'error',
      from: { path: ISOMORPHIC },
      to: { path: '^(node:|fs|crypto|path|os)|node_modules/(pg|pino|@prisma)/|^lib/db/' },
    },
  ],
  options: {
    ...options,
    tsPreCompilationDeps: false,
    doNotFollow: { path: `node_modules|^lib/db/generated/|${ACTIONS}` },
  },
}
