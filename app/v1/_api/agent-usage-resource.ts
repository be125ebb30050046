import { z } from 'zod'
import { type Call, TENANT_PREFIX } from '@/app/v1/_api/operation'
import { notFound } from '@/lib/errors'

/** What the answers about usage of agents have in common. */

export const AGENT_USAGE_TAG = 'Agent usage'
export const AGENT_USAGE_PATH = `${TENANT_PREFIX}/agents/{agent}/revisions/{revision}`

export const usd = z.number().describe('US dollars.')
export const count = z.int().min(0)

/** @throws DomainError not-found for names that no database text can hold: nothing is called so */
export function agentOf(call: Call) {
  const [agent, revision] = [call.text('agent'), call.text('revision')]
  if (agent.includes('\0') || revision.includes('\0')) throw notFound()
  return { agent, revision: revision === '*' ? null : revision }
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
