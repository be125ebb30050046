import { Logger, parseCronItems, run, type TaskList } from 'graphile-worker'
import { z } from 'zod'
import { settleAccessRequest } from '@/lib/agents/access-request-queue'
import { deleteExpiredRequests } from '@/lib/agents/access-request-rows'
import { checkAllBudgets, checkBudgets } from '@/lib/budgets/check'
import { deleteEndedGrants } from '@/lib/device-authorization/grants'
import { trimEvaluations } from '@/lib/evaluations/retention'
import { tellOfLateFailures } from '@/lib/execution/failure-alert'
import { trimRuns } from '@/lib/execution/retention'
import { endInterruptedRuns } from '@/lib/execution/run-rows'
import { trimDeliveries } from '@/lib/inbound/retention'
import { runBilling } from '@/lib/jobs/billing'
import { compareWithStripe, startCollection } from '@/lib/jobs/collection'
import { signalCollection } from '@/lib/jobs/collection-signal'
import { attachmentsBy } from '@/lib/jobs/email-attachments'
import { startEmailDelivery } from '@/lib/jobs/email-delivery'
import { startEvaluations } from '@/lib/jobs/evaluations'
import { startInboundDelivery } from '@/lib/jobs/inbound-delivery'
import { settleQueuedLeak } from '@/lib/leaks/receive'
import { sendDueDigests } from '@/lib/notifications/digest'
import { endDueOrganizations } from '@/lib/organization/end'
import type { Runtime } from '@/lib/runtime'
import { tellOfExpiringTokens } from '@/lib/tokens/expiry-notices'
import { DAY_MS } from '@/lib/tokens/model'
import { deleteExpiredChallenges } from '@/lib/two-factor/challenges'
import { recountUsage, tidyUsage } from '@/lib/usage/upkeep'

export interface JobRunner {
  stop(): Promise<void>
}

const PARTITION_WEEKS_AHEAD = 4
const IDEMPOTENCY_LIFE_HOURS = 24
const NOTIFICATION_LIFE_DAYS = 180

/** Where Stripe collects. The next minute is the retry; what changed there without an event is found at night. */
const COLLECTION_TIMES = [
  { task: 'present-invoices', match: '* * * * *', options: { maxAttempts: 1 } },
  { task: 'reconcile-payments', match: '11 4 * * *', options: { backfillPeriod: 2 * DAY_MS } },
]

const budgetCheckSchema = z.object({ organizationId: z.uuid() })

/**
 * Background work through graphile-worker: exactly once across processes, kept in PostgreSQL, caught up
 * after downtime (`backfillPeriod`).
 */
export async function startJobs(runtime: Runtime): Promise<JobRunner> {
  const { pool } = runtime.db
  const emails = startEmailDelivery({ ...runtime, attachmentsOf: attachmentsBy(runtime) })
  const collection = startCollection(runtime)
  const inbound = startInboundDelivery(runtime)
  const evaluations = startEvaluations(runtime)
  const tasks: TaskList = {
    async 'activity-partitions'() {
      const before = Date.now() - runtime.environment.ACTIVITY_RETENTION_DAYS * DAY_MS
      await pool.query('SELECT activity.ensure_partitions($1, $2)', [
        Date.now(),
        PARTITION_WEEKS_AHEAD,
      ])
      await pool.query('SELECT activity.drop_before($1)', [before])
    },
    async 'expired-records'() {
      await pool.query(
        `DELETE FROM idempotency_records WHERE created_at < now() - make_interval(hours => $1)`,
        [IDEMPOTENCY_LIFE_HOURS],
      )
      // Not before 90 days after they began: that is how a device is known again.
      await pool.query(`DELETE FROM sessions WHERE expires_at < now() - interval '60 days'`)
      await deleteExpiredChallenges(pool)
      await deleteEndedGrants(pool)
      await deleteExpiredRequests(pool)
      await pool.query(
        'DELETE FROM notifications WHERE created_at < now() - make_interval(days => $1)',
        [NOTIFICATION_LIFE_DAYS],
      )
      await trimDeliveries(pool, {
        contentDays: runtime.environment.INBOUND_CONTENT_DAYS,
        recordDays: runtime.environment.ACTIVITY_RETENTION_DAYS,
      })
      await trimRuns(pool, { recordDays: runtime.environment.EXECUTION_RECORD_DAYS })
      await trimEvaluations(pool, { contentDays: runtime.environment.EVALUATION_CONTENT_DAYS })
      await pool.query('DELETE FROM auth_throttle WHERE expire < $1', [Date.now()])
    },
    'send-emails': () => emails.run(),
    async 'send-digests'() {
      const made = await sendDueDigests(runtime, Date.now())
      if (made > 0) runtime.log.info({ made }, 'digests made')
    },
    async 'token-expiring'() {
      const told = await tellOfExpiringTokens(runtime, Date.now())
      if (told > 0) runtime.log.info({ told }, 'people told of tokens that expire')
    },
    async 'settle-leak'(payload) {
      await settleQueuedLeak(runtime, payload)
    },
    async 'access-request'(payload) {
      await settleAccessRequest(runtime, payload)
    },
    async 'budget-check'(payload) {
      await checkBudgets(runtime, budgetCheckSchema.parse(payload).organizationId, Date.now())
    },
    async 'budget-sweep'() {
      const told = await checkAllBudgets(runtime, Date.now())
      if (told > 0) runtime.log.info({ told }, 'people told of budgets that no signal came for')
    },
    async 'usage-upkeep'() {
      await tidyUsage(runtime.db)
      const wrong = await recountUsage(runtime.db, Date.now())
      // A chart that says other than its events is a defect of ours, whoever looks at it.
      if (wrong.length > 0) runtime.log.error({ wrong }, 'usage differs from its events')
    },
    async 'interrupted-runs'() {
      const ended = await endInterruptedRuns(pool)
      if (ended > 0) runtime.log.warn({ ended }, 'runs of agents ended that nobody finished')
    },
    async 'late-failures'() {
      const told = await tellOfLateFailures(runtime)
      if (told > 0) runtime.log.info({ told }, 'collaborators told of runs that failed')
    },
    async billing() {
      const { closed, failed } = await runBilling(runtime, Date.now())
      if (closed > 0 || failed > 0) runtime.log.info({ closed, failed }, 'billing periods closed')
      if (closed > 0) await signalCollection(runtime)
    },
    'present-invoices': async () => collection?.run(),
    'reconcile-payments': () => compareWithStripe(runtime, Date.now()),
    async 'organization-deletion'() {
      const ended = await endDueOrganizations(runtime.db)
      if (ended > 0) runtime.log.info({ ended }, 'organizations deleted')
    },
  }
  const runner = await run({
    pgPool: pool,
    taskList: tasks,
    concurrency: 2,
    // Jobs that wait for a moment (checks of budgets) are found by this alone.
    pollInterval: 2000,
    logger: jobLogger(runtime.log),
    noHandleSignals: true,
    noPreparedStatements: false,
    parsedCronItems: parseCronItems([
      {
        task: 'activity-partitions',
        match: '17 3 * * *',
        options: { backfillPeriod: 2 * DAY_MS },
      },
      { task: 'expired-records', match: '41 * * * *', options: { backfillPeriod: DAY_MS / 4 } },
      // The next minute is the retry: tries of a missed minute would only pile up.
      { task: 'send-emails', match: '* * * * *', options: { maxAttempts: 1 } },
      // Everywhere 8 o'clock is at a quarter of an hour. Both look at what is due: the next run catches up.
      { task: 'send-digests', match: '*/15 * * * *', options: { maxAttempts: 1 } },
      { task: 'token-expiring', match: '7 * * * *', options: { backfillPeriod: DAY_MS / 24 } },
      { task: 'budget-sweep', match: '*/15 * * * *', options: { maxAttempts: 1 } },
      { task: 'interrupted-runs', match: '* * * * *', options: { maxAttempts: 1 } },
      { task: 'late-failures', match: '*/5 * * * *', options: { maxAttempts: 1 } },
      // Looks at what is due, as the three above do.
      { task: 'billing', match: '*/5 * * * *', options: { maxAttempts: 1 } },
      ...(collection ? COLLECTION_TIMES : []),
      { task: 'usage-upkeep', match: '37 2 * * *', options: { backfillPeriod: 2 * DAY_MS } },
      {
        task: 'organization-deletion',
        match: '23 * * * *',
        options: { backfillPeriod: DAY_MS / 4 },
      },
    ]),
  })
  return {
    async stop() {
      const started = [emails, collection, inbound, evaluations, runner]
      await Promise.all(started.map((work) => work?.stop()))
    },
  }
}

/** The library's messages as our log lines; its everyday chatter only where debugging is on. */
function jobLogger(log: Runtime['log']): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'debug' } as const
  return new Logger((scope) => (level, message, meta) => {
    log[levels[level]]({ ...meta, job: scope.label, task: scope.taskIdentifier }, message)
  })
}
