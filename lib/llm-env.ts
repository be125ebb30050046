import { listVariable, originsVariable } from '@/lib/env-lists'
import { PROVIDER_NAME, PROVIDER_NAME_MAX } from '@/lib/llm-providers/limits'
import { knownProvider, LOCAL_PROVIDER } from '@/lib/llm-providers/model'
import type { OperatorProvider } from '@/lib/llm-providers/model-access'

/**
 * Providers of models that the operator brings for every organization. Part of lib/env.ts, and so loaded before the API:
 * schemas that the API documents are not for here, they must be made after it has taught zod to.
 */

export const LLM_VARIABLES = {
  /** Names of providers; each has LLM_<NAME>_API_KEY and LLM_<NAME>_BASE_URL. */
  LLM_PROVIDERS: listVariable.refine((names) => names.every(isProviderName), {
    message: 'must be names of providers such as openai,ollama, separated by commas',
  }),
  /** Origins that organizations may reach providers at although they are private or in the clear. */
  LLM_PRIVATE_ORIGINS: originsVariable,
}

function isProviderName(name: string): boolean {
  return PROVIDER_NAME.test(name) && name.length <= PROVIDER_NAME_MAX && name !== LOCAL_PROVIDER
}

type Source = Record<string, string | undefined>

/** `my-gateway` → `LLM_MY_GATEWAY_`. */
function prefixOf(provider: string): string {
  return `LLM_${provider.toUpperCase().replaceAll(/[-.]/g, '_')}_`
}

/** What the operator has set up; call it for what `llmProblems` finds nothing wrong with. */
export function operatorProviders(names: readonly string[], source: Source): OperatorProvider[] {
  return names.map((provider) => {
    const prefix = prefixOf(provider)
    const baseUrl = source[`${prefix}BASE_URL`] || knownProvider(provider)?.baseUrl || ''
    return {
      provider,
      baseUrl: baseUrl.replace(/\/+$/, ''),
      apiKey: source[`${prefix}API_KEY`] || null,
    }
  })
}

/** Half of a provider would fail at the first run. */
export function llmProblems(source: Source): string[] {
  const names = LLM_VARIABLES.LLM_PROVIDERS.safeParse(source.LLM_PROVIDERS)
  if (!names.success) return []
  return operatorProviders(names.data, source).flatMap(({ provider, baseUrl, apiKey }) => {
    const prefix = prefixOf(provider)
    const problems: string[] = []
    if (!isHttpUrl(baseUrl)) {
      const state = baseUrl === '' ? 'is required' : 'must be an http(s) URL'
      problems.push(`${prefix}BASE_URL: ${state} for ${provider} of LLM_PROVIDERS`)
    }
    if (apiKey === null && knownProvider(provider)?.keyRequired) {
      problems.push(`${prefix}API_KEY: is required for ${provider} of LLM_PROVIDERS`)
    }
    if (apiKey !== null && !/^[\x21-\x7e]+$/.test(apiKey)) {
      problems.push(`${prefix}API_KEY: must be letters, digits and punctuation, without spaces`)
    }
    return problems
  })
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, search, hash } = new URL(text)
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === ''
}
