import type { WebhookTarget } from '@/lib/inbound/model'

/** One try to fire a delivery at one subscriber. */
export interface Firing {
  organizationId: string
  webhookId: string
  webhookName: string
  subscriptionId: string
  /** The same at each try, and for each subscriber: by it a receiver knows what it has had. */
  deliveryId: string
  /** From 1. */
  attempt: number
  provider: string
  eventType: string | null
  contentType: string | null
  body: Uint8Array
  /** What signs it, newest first. */
  secrets: readonly string[]
}

export interface FiringOutcome {
  succeeded: boolean
  /** Of an HTTP answer; null where none came. */
  status: number | null
  /** One sentence without a secret. */
  outcome: string
}

/** What a delivery can be fired at. It never rejects for what the other side does: that is an outcome. */
export interface TriggerTarget<Target = unknown> {
  fire(target: Target, firing: Firing): Promise<FiringOutcome>
}

/**
 * The targets of this process by kind: addresses, and the agents of lib/execution, which lies above this feature.
 */
export class TriggerTargets {
  readonly #byKind = new Map<string, TriggerTarget>()

  /** @throws Error where the kind has one already */
  register<Kind extends WebhookTarget['kind']>(
    kind: Kind,
    target: TriggerTarget<Extract<WebhookTarget, { kind: Kind }>>,
  ): void {
    if (this.#byKind.has(kind)) throw new Error(`There is a target for ${kind} already.`)
    this.#byKind.set(kind, target as TriggerTarget)
  }

  find(kind: string): TriggerTarget | undefined {
    return this.#byKind.get(kind)
  }
}
