// The import rules of docs/architecture.md, type imports included. What code may *reach* at run time is in
// .dependency-cruiser.runtime.cjs. scripts/check-boundaries.mjs runs both.

/** Tests and their fixtures may open what they test. */
const TESTS = '\\.test\\.tsx?$|-fixture\\.tsx?$|^lib/testing/'

/** What the core never sees: pages, servers, and those who start it. */
const DOORS =
  '^(app|components|cli|e2e|prisma/seed|server\\.ts)|node_modules/(next|next-auth|hono|@hono)/'

/** The only part of the core that may import React and react-email. */
const EMAIL_TEMPLATES = '^lib/email/(templates/|render\\.tsx$)'

/**
 * Features of the core, from the top down: each may import those after it. Whatever is not named here
 * (errors, ids, paging, context …) is ground that all stand on.
 */
const FEATURES = [
  'jobs',
  'device-authorization',
  'team',
  'profile',
  'auth',
  'two-factor',
  'service-accounts',
  'evaluations',
  'evaluation-metrics',
  'integrations',
  'execution',
  'agents',
  'inbound',
  'llm-providers',
  'datasets',
  'organization',
  'subscriptions',
  'payments',
  'invoices',
  'billing',
  'projection',
  'budgets',
  'usage',
  'model-pricing',
  'plans',
  'activity',
  'leaks',
  'tokens',
  'notifications',
  'email',
  'pictures',
  'audit',
  'access',
  'db',
]

const oneDirection = FEATURES.slice(1).map((feature, index) => ({
  name: `no-upward-import-from-${feature}`,
  comment: `Features import only downwards: ${FEATURES.join(' > ')}. Types may be shared both ways.`,
  severity: 'error',
  from: { path: `^lib/${feature}/`, pathNot: TESTS },
  to: {
    path: `^lib/(${FEATURES.slice(0, index + 1).join('|')})/`,
    dependencyTypesNot: ['type-only'],
  },
}))

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one file, or three. Type-only cycles vanish when compiled.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-barrels',
      comment: 'An index file hides what depends on what, and draws in the whole folder.',
      severity: 'error',
      from: {},
      to: {
        path: '^(app|components|lib|cli|e2e|prisma|scripts)/.*\\bindex\\.tsx?$',
        pathNot: '^lib/db/generated/',
      },
    },
    {
      name: 'core-knows-no-door',
      comment:
        'One core, two doors (docs/decisions/0001): nothing of HTTP, React or Next below app/.',
      severity: 'error',
      from: { path: '^lib/', pathNot: EMAIL_TEMPLATES },
      to: { path: `${DOORS}|node_modules/(react|react-dom|@react-email)/` },
    },
    {
      name: 'e-mail-knows-no-door',
      comment:
        'E-mails are React components, but only to become text: React without a page, a server or a browser.',
      severity: 'error',
      from: { path: EMAIL_TEMPLATES },
      to: { path: `${DOORS}|node_modules/react-dom/|^lib/db/` },
    },
    {
      name: 'primitives-know-no-feature',
      comment: 'components/ui is about buttons and fields, never about tokens or people.',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^(app|lib|components/(?!ui/))' },
    },
    {
      name: 'components-call-actions-only',
      comment:
        'Of app/, a component may import server actions and the types of pages; nothing else.',
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: '^app/',
        pathNot: '/[^/]*actions\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'api-shows-no-page',
      comment: 'The API door also runs without Next (npm run start:api).',
      severity: 'error',
      from: { path: '^app/v1/' },
      to: {
        path: '^components/|^app/(?!v1/)|node_modules/(next|next-auth|react|react-dom)/',
        // Decrypts the session's cookie (docs/decisions/0008); draws in nothing of Next.
        pathNot: '^node_modules/next-auth/jwt/',
      },
    },
    {
      name: 'pages-do-not-write',
      comment: 'Rendering reads; writing happens in actions, where the origin was checked.',
      severity: 'error',
      from: { path: '^app/.*/(page|layout|loading|not-found|error)\\.tsx$' },
      to: {
        path: '^lib/[^/]+/commands\\.ts$|^lib/tokens/(mint|rotate|revoke|patch|import|insert)\\.ts$',
      },
    },
    {
      name: 'database-opened-by-entries',
      comment: 'One pool a process: lib/start.ts opens it, all others get it from their context.',
      severity: 'error',
      from: { pathNot: `^lib/(start\\.ts|db/)|^(prisma|scripts|bench|e2e)/|${TESTS}` },
      to: { path: '^lib/db/(database|embedded|migrate)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tests-stay-tests',
      severity: 'error',
      from: { path: '^(app|components|lib|cli|prisma|server\\.ts)', pathNot: TESTS },
      to: { path: `${TESTS}|^e2e/` },
    },
    {
      name: 'command-line-speaks-http',
      comment:
        'The fruxon command is a client like any other; it may know the vocabulary, never the core.',
      severity: 'error',
      from: { path: '^cli/', pathNot: TESTS },
      to: {
        path: '^(app|components|prisma)/|^lib/',
        pathNot: '^lib/access/(scopes|presets|device-presets)\\.ts$',
      },
    },
    ...oneDirection,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules|^lib/db/generated/' },
    exclude: { path: '^(\\.next|dist|\\.data)' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.cjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'default', 'types'],
    },
  },
}
