import { createHash } from 'node:crypto'
import type { Context } from '@/lib/context'
import { invalid, isDomainError } from '@/lib/errors'
import { normalFilter } from '@/lib/inbound/event-filter'
import { RECEIVER_NAME_MAX } from '@/lib/inbound/limits'
import type { Subscriber, Subscription } from '@/lib/inbound/model'
import type { CreateSubscriptionInput } from '@/lib/inbound/schema'
import type { NewSubscription } from '@/lib/inbound/subscription-rows'
import { requireTargetUrl } from '@/lib/inbound/target-url'

/** Who may take what comes in. Agents lie above this feature: theirs is a port. */
export interface SubscriberRules {
  /** Of the operator, reached although they are private or in the clear. */
  allowedOrigins: readonly string[]
  /**
   * Whether the caller may run the agent, and so may have others run it.
   * @throws DomainError forbidden | invalid at /subscriberId
   */
  requireAgent(ctx: Context, agentId: string): Promise<void>
}

type Config = Subscription['config']

/**
 * Who the input names, as it is kept.
 * @throws DomainError forbidden | invalid at /subscriberId, /config or /config/url
 */
export async function requireSubscriber(
  ctx: Context,
  rules: SubscriberRules,
  { subscriberType, subscriberId, config }: CreateSubscriptionInput,
): Promise<Subscriber & { config: Config }> {
  const accepted = requireConfig(rules, subscriberType, config ?? {})
  requireId({ subscriberType, subscriberId })
  if (subscriberType === 'AGENT') await rules.requireAgent(ctx, subscriberId)
  return { subscriberType, subscriberId, config: accepted }
}

/** The first subscription of an endpoint that is made; what is wrong with it is said below /subscription. */
export async function requireFirstSubscription(
  ctx: Context,
  rules: SubscriberRules,
  input: CreateSubscriptionInput,
): Promise<Omit<NewSubscription, 'webhookId'>> {
  try {
    const subscriber = await requireSubscriber(ctx, rules, input)
    return { ...subscriber, eventFilter: normalFilter(input.eventFilter) }
  } catch (error) {
    if (!isDomainError(error) || error.kind !== 'invalid') throw error
    throw invalid(
      error.errors.map(({ pointer, detail }) => ({ pointer: `/subscription${pointer}`, detail })),
    )
  }
}

/** @throws DomainError invalid at /config/url */
export function requireConfig(
  { allowedOrigins }: Pick<SubscriberRules, 'allowedOrigins'>,
  subscriberType: Subscriber['subscriberType'],
  { url }: Config,
): Config {
  if (subscriberType === 'HTTP') {
    if (url !== undefined) return { url: requireTargetUrl(url, allowedOrigins) }
    throw refusal('/config/url', 'Enter the URL that deliveries are forwarded to.')
  }
  if (url === undefined) return {}
  throw refusal('/config/url', 'An agent has no address: leave the URL out.')
}

/**
 * What the audit log says of a subscriber. An address is often a credential (a hook of a chat, `?token=…`), and nothing
 * is ever taken out of that log: it has the server alone, and of the whole a fingerprint that tells a change.
 */
export function subscriberFacts({
  subscriberType,
  subscriberId,
  config,
  eventFilter,
}: Pick<Subscription, 'subscriberType' | 'subscriberId' | 'config' | 'eventFilter'>) {
  return {
    subscriber: `${subscriberType === 'AGENT' ? 'Agent' : 'Receiver'} ${subscriberId}`,
    ...(config.url !== undefined && {
      server: new URL(config.url).origin,
      addressFingerprint: fingerprintOf(config.url),
    }),
    events: eventFilter ?? 'all',
  }
}

/** Too short to try guesses of an address against. */
function fingerprintOf(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 8)
}

function requireId({ subscriberType, subscriberId }: Subscriber): void {
  if (subscriberId === '') {
    const detail = subscriberType === 'HTTP' ? 'Enter a name.' : 'Choose an agent.'
    throw refusal('/subscriberId', detail)
  }
  if (subscriberType === 'HTTP' && subscriberId.length > RECEIVER_NAME_MAX) {
    throw refusal('/subscriberId', `Use at most ${RECEIVER_NAME_MAX} characters.`)
  }
}

function refusal(pointer: string, detail: string) {
  return invalid([{ pointer, detail }])
}
