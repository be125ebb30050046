import type { LlmProvider } from '@/lib/llm-providers/model'

/** What people see of providers, in words; and what the page lets them do. */
export interface ProviderSetting {
  tenant: string
  now: number
  mayWrite: boolean
  mayTest: boolean
}

/** Whose account a run of now is paid by. */
export function originWords({ origin, fromOperator, configs }: LlmProvider): string {
  if (origin === 'ORGANIZATION') {
    const name = configs.find(({ isDefault }) => isDefault)?.displayName
    return `Runs use ${name}${fromOperator ? ', not what the operator has set up' : ''}.`
  }
  if (origin === 'ENVIRONMENT') {
    return 'Runs use the account of whoever operates this installation. One of your own goes first.'
  }
  return 'Runs that ask for it fail until one of these is enabled.'
}

/** "Support", "Support and Triage", "Support, Triage and 3 more". */
export function agentNames(names: readonly string[]): string {
  const [first = '', second] = names
  if (second === undefined) return first
  if (names.length === 2) return `${first} and ${second}`
  return `${first}, ${second} and ${names.length - 2} more`
}
