import { z } from 'zod'
import { type Call, TENANT_PREFIX } from '@/app/v1/_api/operation'

/** What the answers about usage of agents have in common. */

export const AGENT_USAGE_TAG = 'Agent usage'
export const AGENT_USAGE_PATH = `${TENANT_PREFIX}/agents/{agent}/revisions/{revision}`

export const usd = z.number().describe('US dollars.')
export const count = z.int().min(0)

export function agentOf(call: Call) {
  const revision = call.text('revision')
  return { agent: call.text('agent'), revision: revision === '*' ? null : revision }
}

export function namesOf(call: Call) {
  return { agentId: call.text('agent'), revision: call.text('revision') }
}

const NANO_IN_DOLLAR = 1e9

/** Exact sums, told as the numbers of dollars that the contract has. */
export function dollarsOf({ inputCost, outputCost }: { inputCost: bigint; outputCost: bigint }) {
  const dollars = (nano: bigint) => Number(nano) / NANO_IN_DOLLAR
  return {
    input: dollars(inputCost),
    output: dollars(outputCost),
    total: dollars(inputCost + outputCost),
  }
}
