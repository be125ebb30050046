/**
 * Who collects payments outside of this product. Our own invoices say what is owed; the provider is shown them and
 * charges the card. Amounts are whole US cents, moments epoch ms.
 */
export interface PaymentProvider {
  /** Makes the customer that the organization is there, once: asked again it names the same one. */
  ensureCustomer(buyer: Buyer): Promise<string>
  /** Lets the customer be named as our invoices name it. */
  updateCustomer(customerId: string, buyer: Buyer): Promise<void>
  /** A page of the provider on which a person gives a card, which becomes the one that is charged. */
  startCardSetup(customerId: string, returnUrl: string): Promise<string>
  /** A page of the provider with cards and receipts; good for some minutes. */
  portalUrl(customerId: string, returnUrl: string): Promise<string>
  /**
   * Shows one of our invoices, which is charged from then on. Asked again, it goes on with the one that is there.
   * @returns its id at the provider
   */
  presentInvoice(presentation: Presentation): Promise<string>
  /** The id of what one of our invoices is there, as far as it got; null where it is not. */
  findInvoice(customerId: string, invoiceId: string): Promise<string | null>
  /** As it is now; null where it was taken away before anybody owed it. */
  readInvoice(id: string): Promise<ProviderInvoice | null>
  /**
   * Tries the card at once.
   * @param attempt the same for the same wish: asked again, the card is not tried again
   */
  payInvoice(id: string, attempt: string): Promise<void>
  /** Lets only so much be left to pay; more than 0. */
  lowerInvoice(id: string, remaining: { from: bigint; to: bigint }): Promise<void>
  /** Was paid elsewhere: nothing of it is charged any more. */
  settleInvoice(id: string): Promise<void>
  /** Is not owed: nothing of it is charged any more. */
  voidInvoice(id: string): Promise<void>
  /** Voids whatever is open: the organization is gone, and nobody may be charged. */
  endCustomer(customerId: string): Promise<void>
  /** Everything as it is now. */
  readState(customerId: string): Promise<ProviderState>
}

export interface Buyer {
  organizationId: string
  name: string
  /** Null where nobody gave one: receipts go nowhere then. */
  email: string | null
  address: BuyerAddress | null
}

export interface BuyerAddress {
  line1: string
  line2: string
  city: string
  region: string
  postalCode: string
  /** Two letters. */
  country: string
}

/** One of our invoices as it is shown. The items come to what was due when it was issued. */
export interface Presentation {
  customerId: string
  organizationId: string
  invoiceId: string
  /** Ours, which is printed on theirs. */
  number: string
  items: readonly PresentedItem[]
  /** What is left to pay: exactly so much may be charged. */
  owedCents: bigint
  /** Whether somebody may have begun before, so that what is there has to be looked for. */
  isRetry: boolean
  /** Asked last of all: whether just that is still owed. Nothing is charged where not. */
  isStillOwed(): Promise<boolean>
}

export interface PresentedItem {
  description: string
  /** Less than 0 for what is given back. */
  cents: bigint
}

export interface Card {
  /** Of the provider: another one is another card. */
  id: string
  brand: string
  last4: string
  /** The last month in which it is good. */
  expiresMonth: number
  expiresYear: number
}

/** One of our invoices as the provider has it. */
export interface ProviderInvoice {
  id: string
  /** Ours. */
  invoiceId: string
  status: 'DRAFT' | 'OPEN' | 'PAID' | 'VOID' | 'UNCOLLECTIBLE'
  /** What the provider itself collected; never what was paid elsewhere. */
  paidCents: bigint
  /** When the last of it came in; null where nothing did. */
  paidAt: number | null
  /** What it still wants to collect. */
  remainingCents: bigint
  /** How often the card was tried. */
  attempts: number
  /** When it is tried again; null where it is not. */
  nextAttemptAt: number | null
  /** Why the last attempt failed, in words of the provider; null where it did not. */
  declineReason: string | null
  /** A page on which it can be paid and looked at. */
  hostedUrl: string | null
}

export interface ProviderState {
  /** The one that is charged. */
  card: Card | null
  /** All that were presented, by our id. */
  invoices: readonly ProviderInvoice[]
}

/** Whether a card was tried for it in vain, and it is still to be paid. */
export function isDeclined({ status, attempts, declineReason }: ProviderInvoice): boolean {
  return (status === 'OPEN' || status === 'UNCOLLECTIBLE') && attempts > 0 && declineReason !== null
}

/** Whether to warn of the card: it is good no longer than to the end of the next month. */
export function expiresSoon(
  { expiresMonth, expiresYear }: Pick<Card, 'expiresMonth' | 'expiresYear'>,
  now: number,
): boolean {
  const at = new Date(now)
  const months = (expiresYear - at.getUTCFullYear()) * 12 + expiresMonth - (at.getUTCMonth() + 1)
  return months <= 1
}
