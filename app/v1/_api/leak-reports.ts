import { z } from '@hono/zod-openapi'
import { operation, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { PAGING_PARAMETERS } from '@/app/v1/_api/paging-parameters'
import { pageRequest } from '@/app/v1/_api/query'
import { json } from '@/app/v1/_api/reply'
import { tokenSchema, tokenToWire } from '@/app/v1/_api/token-resource'
import { epochMs, pageOf } from '@/app/v1/_api/wire-schema'
import { LEAK_OUTCOMES, type LeakReport } from '@/lib/leaks/model'
import { getLeakPolicy, setLeakPolicy } from '@/lib/leaks/policy'
import { listLeakReports } from '@/lib/leaks/queries'
import { leakPolicySchema } from '@/lib/leaks/schema'

const TAG = 'Leaks'
const POLICY_PATH = `${TENANT_PREFIX}/leakPolicy`

const placeSchema = z
  .strictObject({
    source: z.enum(['GITHUB', 'ANYBODY']).openapi({
      description: 'GITHUB signed the report; what ANYBODY says is unverified.',
    }),
    kind: z.string().nullable().openapi({ description: 'GitHub’s word for where in it.' }),
    url: z.string().nullable(),
    comment: z.string().nullable(),
    reports: z.number().int(),
    firstAt: epochMs,
    lastAt: epochMs,
  })
  .openapi('LeakPlace')

const reportSchema = z
  .strictObject({
    // Not `token`: by that name an answer shows a secret.
    reportedToken: tokenSchema,
    outcome: z.enum(LEAK_OUTCOMES).openapi({ description: 'What was done.' }),
    reports: z.number().int(),
    firstReportedAt: epochMs,
    lastReportedAt: epochMs,
    places: z.array(placeSchema).openapi({ description: 'Newest first, at most ten.' }),
  })
  .openapi('LeakReport')

function reportToWire({ token, ...report }: LeakReport) {
  return { reportedToken: tokenToWire(token), ...report }
}

export const LEAK_OPERATIONS = [
  operation({
    id: 'listLeakReports',
    tag: TAG,
    method: 'get',
    path: `${TENANT_PREFIX}/leakReports`,
    summary: 'Tokens that were reported as leaked',
    description:
      'The last reported first; all reports of one token are one item. Needs a token of an admin or a service account. Reports themselves are sent to POST /v1/leakReports, by anybody and without a token.',
    scope: 'keys:read',
    query: PAGING_PARAMETERS,
    success: {
      status: 200,
      description: 'One page of reports.',
      schema: pageOf(reportSchema, 'LeakReportPage'),
    },
    run: async (call) => {
      const page = await listLeakReports(call.ctx, pageRequest(call.query))
      return json({ ...page, items: page.items.map(reportToWire) })
    },
  }),
  operation({
    id: 'getLeakPolicy',
    tag: TAG,
    method: 'get',
    path: POLICY_PATH,
    summary: 'Read what happens to a live token that is reported',
    scope: 'organization:read',
    success: { status: 200, description: 'The policy.', schema: leakPolicySchema },
    run: async (call) => json(await getLeakPolicy(call.ctx)),
  }),
  operation({
    id: 'patchLeakPolicy',
    tag: TAG,
    method: 'patch',
    path: POLICY_PATH,
    summary: 'Change what happens to a live token that is reported',
    description:
      'REVOKE ends it at once, NOTIFY tells its owner and the admins. A program may go over to REVOKE, never back. Needs a token of an admin or a service account.',
    scope: 'organization:write',
    body: { schema: leakPolicySchema, required: true },
    success: { status: 200, description: 'The policy as it is now.', schema: leakPolicySchema },
    run: async (call) => json(await setLeakPolicy(call.ctx, call.body)),
  }),
]
