import { join } from 'node:path'
import { ActivityRecorder } from '@/lib/activity/recorder'
import {
  openCodeThrottle,
  openDeviceThrottle,
  openEmailLinkThrottle,
  openJudgeThrottle,
  openPasskeyThrottle,
  openSignInThrottle,
  openUserCodeThrottle,
} from '@/lib/auth/throttle'
import { queueBudgetChecks } from '@/lib/budgets/check'
import { ChangeBus } from '@/lib/db/change-bus'
import { openDatabase } from '@/lib/db/database'
import { startEmbeddedPostgres } from '@/lib/db/embedded'
import { applyMigrations } from '@/lib/db/migrate'
import { openMailTransport } from '@/lib/email/transport'
import type { Environment } from '@/lib/env'
import { LOCAL_JUDGE } from '@/lib/evaluation-metrics/local-judge'
import type { ExecutionRuntime } from '@/lib/execution/execution-runtime'
import { agentTarget } from '@/lib/execution/inbound-target'
import { RunSlots } from '@/lib/execution/run-slots'
import { httpTarget } from '@/lib/inbound/http-target'
import { TriggerTargets } from '@/lib/inbound/trigger-target'
import { installationKeys } from '@/lib/installation-keys'
import { deployedAgentRuns } from '@/lib/integrations/deployed-agent-runs'
import { MCP_CALLS_AT_ONCE } from '@/lib/integrations/limits'
import { McpGate } from '@/lib/integrations/mcp-gate'
import { openIssuer } from '@/lib/invoices/issuer'
import { startJobs } from '@/lib/jobs/run'
import { openGithubKeys } from '@/lib/leaks/open-github-keys'
import { openLanguageModel } from '@/lib/llm-providers/open-model'
import { openLog } from '@/lib/log'
import { readCatalogue } from '@/lib/model-pricing/catalogue'
import { PriceBooks } from '@/lib/model-pricing/price-books'
import { storeCatalogue } from '@/lib/model-pricing/store-catalogue'
import { openCollector } from '@/lib/payments/open-collector'
import { installRuntime, type Runtime } from '@/lib/runtime'
import { installComplaints } from '@/lib/schema-complaints'
import { installationSecrets } from '@/lib/secrets'
import { agreementBy } from '@/lib/subscriptions/collection'
import { TokenVerifier } from '@/lib/tokens/verify'
import { UsageSignals } from '@/lib/usage/usage-signals'

export interface StartedProduct {
  runtime: Runtime
  /** Postmaster pid of the embedded database, or null. */
  embeddedPid: number | null
  /** Resolves when the embedded database ends by itself; never for an external one. */
  databaseEnded: Promise<void>
  /** Stops in order: activity written, jobs ended, pool closed, embedded database stopped. */
  close(): Promise<void>
}

/**
 * Opens everything once: database (embedded or DATABASE_URL), migrations, verifier, recorder, bus and
 * jobs, and installs the registry that both module graphs read.
 * @throws EnvironmentError | Error with a message for the operator
 */
export async function startProduct(
  environment: Environment,
  options: { jobs?: boolean } = {},
): Promise<StartedProduct> {
  installComplaints()
  const log = openLog(environment.LOG_LEVEL)
  const secrets = installationSecrets(environment)
  const embedded = environment.DATABASE_URL
    ? null
    : await startEmbeddedPostgres({ dataDir: join(environment.DATA_DIR, 'postgres') })
  const url = environment.DATABASE_URL ?? embedded?.url ?? ''
  try {
    const { applied } = await applyMigrations({
      connectionString: url,
      migrationsDir: 'prisma/migrations',
    })
    if (applied.length > 0) log.info({ applied }, 'database migrated')
    const db = openDatabase({ url, poolSize: environment.DATABASE_POOL_SIZE })
    const crypto = installationKeys(secrets, environment)
    const catalogue = readCatalogue()
    const newPrices = await storeCatalogue(db.pool, catalogue)
    if (newPrices > 0) log.info({ newPrices, source: catalogue.source }, 'list prices added')
    const changes = new ChangeBus(url, (error) => log.warn({ err: error }, 'change bus reconnects'))
    await changes.start()
    const activity = new ActivityRecorder(db, (error) =>
      log.error({ err: error }, 'activity not written'),
    )
    const prices = new PriceBooks(catalogue)
    const usageSignals = new UsageSignals(db.pool, (error) =>
      log.warn({ err: error }, 'usage not signalled'),
    )
    const issuer = openIssuer(environment, crypto.emailLinks)
    const collector = openCollector(environment, {
      ...{ db, news: issuer.news, agreement: agreementBy(issuer) },
      onFailure: ({ error, ...failure }) =>
        log.error({ err: error, ...failure }, 'collecting payments failed, and is tried again'),
    })
    const triggerTargets = new TriggerTargets()
    triggerTargets.register(
      'HTTP',
      httpTarget({
        timeoutMs: environment.INBOUND_TIMEOUT_MS,
        allowedOrigins: environment.INBOUND_PRIVATE_TARGETS,
      }),
    )
    const meter = { prices, signals: usageSignals }
    const execution: ExecutionRuntime = {
      meter,
      slots: new RunSlots(environment.EXECUTION_CONCURRENCY),
      emailLinks: crypto.emailLinks,
      timeoutMs: environment.EXECUTION_TIMEOUT_MS,
      openModel: ({ organization }, wanted) =>
        openLanguageModel({ organization, db, crypto }, wanted),
    }
    triggerTargets.register(
      'AGENT',
      agentTarget(db, execution, (error) => log.error({ err: error }, 'a delivery was not run')),
    )
    const runtime: Runtime = {
      environment,
      db,
      crypto,
      authSecret: secrets.authSecret,
      verifier: new TokenVerifier(db.pool, crypto.peppers),
      activity,
      changes,
      prices,
      meter,
      billing: { ...issuer, collector },
      judging: { ...execution, local: LOCAL_JUDGE, pace: openJudgeThrottle(db.pool) },
      execution,
      triggerTargets,
      mcp: { gate: new McpGate(MCP_CALLS_AT_ONCE), runs: deployedAgentRuns(execution) },
      signInThrottle: openSignInThrottle(db.pool),
      codeThrottle: openCodeThrottle(db.pool),
      passkeyThrottle: openPasskeyThrottle(db.pool),
      emailLinkThrottle: openEmailLinkThrottle(db.pool),
      deviceThrottle: openDeviceThrottle(db.pool),
      userCodeThrottle: openUserCodeThrottle(db.pool),
      mail: openMailTransport(environment),
      githubKeys: openGithubKeys(environment, (error) =>
        log.warn({ err: error }, 'keys of GitHub not read'),
      ),
      renderEmail: async (email) => (await import('@/lib/email/render')).renderEmail(email),
      log,
    }
    installRuntime(runtime)
    if (environment.SELLER_NAME === undefined) {
      log.warn('invoices name a demo seller: set SELLER_NAME and what goes with it')
    }
    const jobs = options.jobs === false ? null : await startJobs(runtime)
    if (jobs) usageSignals.onCounted((ids) => queueBudgetChecks(db.pool, ids))
    return {
      runtime,
      embeddedPid: embedded?.pid ?? null,
      databaseEnded: embedded
        ? embedded.exited.then(() => undefined)
        : new Promise(() => undefined),
      async close() {
        await usageSignals.flush()
        await jobs?.stop()
        runtime.mail?.close()
        await activity.flush().catch((error: unknown) => log.error({ err: error }, 'activity lost'))
        await changes.stop()
        await db.close()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
