'use server'

import { z } from 'zod'
import { action } from '@/app/_session/action-result'
import { identifyTokens } from '@/lib/leaks/identify'
import { setLeakPolicy } from '@/lib/leaks/policy'
import { listLeakReports } from '@/lib/leaks/queries'
import { identifyTokensSchema, leakPolicySchema } from '@/lib/leaks/schema'

/** The text comes in the body of a POST and goes no further: the pepper that makes its digests is kept here. */
export const identify = action(identifyTokensSchema, identifyTokens)

export const saveLeakPolicy = action(leakPolicySchema, setLeakPolicy)

export const loadLeakReports = action(
  z.strictObject({ pageToken: z.string().max(4096) }),
  (ctx, request) => listLeakReports(ctx, request),
)
