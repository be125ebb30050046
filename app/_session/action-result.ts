import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import { setActionStatus } from '@/app/_serving/action-status'
import { currentSession } from '@/app/_session/current-session'
import { accountContextAnywhere, type DashboardContext } from '@/app/_session/dashboard-context'
import { requestFacts } from '@/app/_session/request-facts'
import { isDatabaseOutage } from '@/app/v1/_api/database-outage'
import { pointerOf } from '@/app/v1/_api/json-pointer'
import { fieldErrors } from '@/app/v1/_api/problem'
import { secondFactorMissing } from '@/lib/auth/second-factor-missing'
import { type ActiveSession, lacksSecondFactor } from '@/lib/auth/sessions'
import type { RequestFacts } from '@/lib/context'
import {
  DomainError,
  type ErrorKind,
  type FieldError,
  invalid,
  isDomainError,
  notFound,
} from '@/lib/errors'
import { runtime } from '@/lib/runtime'
import { pathsOfText, UNSTORABLE } from '@/lib/storable-text'

export type ActionResult<T> = { ok: true; data: T } | { ok: false; problem: ActionProblem }

/** Why an action was refused, in words for the person who asked. */
export interface ActionProblem {
  /** Stable; what components branch on. */
  code: string
  title: string
  message: string
  errors: FieldError[]
  missingScopes: string[]
  retryAfterSeconds: number | null
  /** What to quote to support; the log has it too. */
  requestId: string
}

/** Refusals of who asks, rather than of what: seen from outside too. The rest are answers of a form. */
const STATUS: Partial<Record<ErrorKind, number>> = {
  unauthenticated: 403,
  forbidden: 403,
  'not-found': 404,
  throttled: 429,
}

const TITLES: Record<ErrorKind, string> = {
  invalid: 'Something needs another value',
  unauthenticated: 'You are signed out',
  forbidden: 'Not allowed',
  'not-found': 'Not found',
  conflict: 'This has changed in the meantime',
  gone: 'This is over',
  'idempotency-mismatch': 'This was sent before with other values',
  'too-large': 'Too large',
  throttled: 'Too many attempts',
  unavailable: 'Unavailable for a moment',
  'over-budget': 'The budget is spent',
  'upstream-failed': 'The provider failed',
  'upstream-timeout': 'The provider took too long',
}

/**
 * Wraps a server action of the dashboard: session, organization, input, then `run`. Expected refusals
 * come back as a problem and are never thrown, because Next hides what is thrown in production; Next's
 * own signals (redirect, not found) pass.
 * @param schema what the input must be; its complaints come back by JSON pointer
 */
export function action<Schema extends z.ZodType, Data>(
  schema: Schema,
  run: (ctx: DashboardContext, input: z.output<Schema>) => Promise<Data>,
): (tenant: string, input: z.input<Schema>) => Promise<ActionResult<Data>> {
  return accountAction(schema, async (ctx, input) => {
    const session = await signedIn()
    if (lacksSecondFactor(session, ctx.organization.id))
      throw secondFactorMissing(ctx.organization.name)
    return run(ctx, input)
  })
}

/**
 * The same for what people do with their own account: it stays open to those who lack the second factor
 * that the organization requires, because it is how they get one.
 */
export function accountAction<Schema extends z.ZodType, Data>(
  schema: Schema,
  run: (ctx: DashboardContext, input: z.output<Schema>) => Promise<Data>,
): (tenant: string, input: z.input<Schema>) => Promise<ActionResult<Data>> {
  return async (tenant, input) =>
    settle(async (facts) => {
      const session = await signedIn()
      const ctx = await accountContextAnywhere(session, tenant, facts)
      if (!ctx) throw notFound()
      return run(ctx, await parsed(schema, input))
    })
}

/** The same for what a person does outside of any organization, such as making one. */
export function personAction<Schema extends z.ZodType, Data>(
  schema: Schema,
  run: (session: ActiveSession, input: z.output<Schema>, facts: RequestFacts) => Promise<Data>,
): (input: z.input<Schema>) => Promise<ActionResult<Data>> {
  return async (input) =>
    settle(async (facts) => run(await signedIn(), await parsed(schema, input), facts))
}

async function signedIn(): Promise<ActiveSession> {
  const session = await currentSession()
  if (session) return session
  throw new DomainError(
    'unauthenticated',
    'unauthenticated',
    'Your session has ended. Sign in again to go on.',
  )
}

/** The same for the few actions that need nobody to be signed in, such as setting up the installation. */
export function publicAction<Schema extends z.ZodType, Data>(
  schema: Schema,
  run: (input: z.output<Schema>, facts: RequestFacts) => Promise<Data>,
): (input: z.input<Schema>) => Promise<ActionResult<Data>> {
  return async (input) => settle(async (facts) => run(await parsed(schema, input), facts))
}

/** Our own forms send no text that cannot be kept, but whoever calls an action by hand may. */
async function parsed<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Promise<z.output<Schema>> {
  const result = await schema.safeParseAsync(input)
  if (!result.success) throw invalid(fieldErrors(result.error))
  for (const { pattern, detail } of Object.values(UNSTORABLE)) {
    const paths = pathsOfText(result.data, pattern)
    if (paths.length > 0) throw invalid(paths.map((path) => ({ pointer: pointerOf(path), detail })))
  }
  return result.data
}

async function settle<Data>(
  run: (facts: RequestFacts) => Promise<Data>,
): Promise<ActionResult<Data>> {
  const facts = await requestFacts()
  try {
    return { ok: true, data: await run(facts) }
  } catch (error) {
    unstable_rethrow(error)
    return { ok: false, problem: problemOf(error, facts.id) }
  }
}

function problemOf(error: unknown, requestId: string): ActionProblem {
  if (isDomainError(error)) {
    const { code, kind, message, errors, missingScopes, retryAfterSeconds } = error
    setActionStatus(STATUS[kind] ?? 200)
    return {
      code,
      title: TITLES[kind],
      message,
      errors,
      missingScopes,
      retryAfterSeconds,
      requestId,
    }
  }
  runtime().log.error({ err: error, requestId }, 'action failed')
  const unknown = { errors: [], missingScopes: [], retryAfterSeconds: null, requestId }
  return isDatabaseOutage(error)
    ? {
        ...unknown,
        code: 'unavailable',
        title: TITLES.unavailable,
        message: 'The database does not answer. Try again in a few seconds.',
      }
    : {
        ...unknown,
        code: 'internal_error',
        title: 'Something broke on our side',
        message: 'Try again. If it stays, quote the request id to support.',
      }
}
