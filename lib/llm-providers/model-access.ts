import { ProviderKeySealer } from '@/lib/llm-providers/key-sealer'

/** A provider that the operator has set up for every organization of the installation. */
export interface OperatorProvider {
  provider: string
  baseUrl: string
  /** Null where it answers without. */
  apiKey: string | null
}

interface Operator {
  providers: readonly OperatorProvider[]
  /** Origins that organizations may reach although they are private or in the clear. */
  privateOrigins: readonly string[]
}

const NOTHING: Operator = { providers: [], privateOrigins: [] }

/** What of the installation opens models. It holds keys: never log or serialise it. */
export class ModelAccess {
  readonly keys: ProviderKeySealer
  readonly privateOrigins: readonly string[]
  readonly #providers: ReadonlyMap<string, OperatorProvider>

  /** @param secret the installation's secret; all processes must share it */
  constructor(secret: string, { providers, privateOrigins }: Operator = NOTHING) {
    this.keys = new ProviderKeySealer(secret)
    this.privateOrigins = privateOrigins
    this.#providers = new Map(providers.map((one) => [one.provider, one]))
  }

  /** Names of what the operator has set up. */
  get operatorProviders(): string[] {
    return [...this.#providers.keys()]
  }

  operatorProvider(provider: string): OperatorProvider | undefined {
    return this.#providers.get(provider)
  }
}
