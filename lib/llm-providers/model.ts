/** Which providers of models there are, and how an organization reaches them; isomorphic. */

/** The name by which a definition asks for no model at all. */
export const LOCAL_PROVIDER = 'local'

interface ProviderFacts {
  label: string
  /** Where its OpenAI-compatible interface is. */
  baseUrl: string
  /** False where it answers without. */
  keyRequired: boolean
  /** A small model, for tests. */
  testModel: string
}

/** Whose address is known. Any other name works as well, with an address of its own. */
export const KNOWN_PROVIDERS: Readonly<Record<string, ProviderFacts>> = {
  openai: {
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    keyRequired: true,
    testModel: 'gpt-4.1-nano',
  },
  anthropic: {
    label: 'Anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    keyRequired: true,
    testModel: 'claude-haiku-4-5',
  },
  google: {
    label: 'Google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyRequired: true,
    testModel: 'gemini-2.5-flash-lite',
  },
  mistral: {
    label: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    keyRequired: true,
    testModel: 'mistral-small-latest',
  },
  groq: {
    label: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    keyRequired: true,
    testModel: 'llama-3.1-8b-instant',
  },
  ollama: {
    label: 'Ollama',
    baseUrl: 'http://localhost:11434/v1',
    keyRequired: false,
    testModel: 'llama3.2',
  },
}

/** The facts of a provider that is known by its name. */
export function knownProvider(provider: string): ProviderFacts | undefined {
  return Object.hasOwn(KNOWN_PROVIDERS, provider) ? KNOWN_PROVIDERS[provider] : undefined
}

/** "OpenAI", or an own name as it is. */
export function providerLabel(provider: string): string {
  if (provider === LOCAL_PROVIDER) return 'Local'
  return knownProvider(provider)?.label ?? provider
}

/** DRAFT: stored and never yet enabled. DISABLED: it was in use, and is not any more. */
export type LlmConfigState = 'DRAFT' | 'ACTIVE' | 'DISABLED'

/** One account at a provider. Its key is nowhere in it. Times are epoch ms. */
export interface LlmConfig {
  id: string
  provider: string
  displayName: string
  baseUrl: string
  /** Null where no key is set. */
  key: { hint: string | null; setAt: number } | null
  /** What tests ask for. */
  testModel: string
  enabled: boolean
  state: LlmConfigState
  /** Runs use this one of its provider. */
  isDefault: boolean
  /** Of what stands here now; null where it was not tested since its last change. */
  lastTest: { at: number; error: string | null } | null
  /** Counts its changes. */
  version: number
  createdByLabel: string
  createdAt: number
  modifiedAt: number
}

/** Where the way to a model comes from. `LOCAL` is no model at all: it is for trying out. */
export type ModelOrigin = 'ORGANIZATION' | 'ENVIRONMENT' | 'LOCAL'

export interface LlmProvider {
  /** As definitions and prices name it. */
  provider: string
  label: string
  /** By whose settings a run of now reaches it; null: it does not. */
  origin: ModelOrigin | null
  /** Whether the operator has set it up; an organization's own default goes first. */
  fromOperator: boolean
  /** Of the organization: the default first, then by name. */
  configs: LlmConfig[]
}

/** What a test found. `error` is a sentence of ours: what providers answer can repeat a key. */
export interface ProviderTest {
  success: boolean
  error: string | null
}
