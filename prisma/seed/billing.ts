import type pg from 'pg'
import type { Actor } from '@/lib/access/principal'
import type { AuditEntry } from '@/lib/audit/events'
import type { BillingTransaction } from '@/lib/billing/charge'
import { selectDocuments } from '@/lib/invoices/invoice-ledger'
import { partiesWith } from '@/lib/invoices/invoice-parties'
import { invoicing, type PartiesOf } from '@/lib/invoices/invoicing'
import type { Issuer } from '@/lib/invoices/issuer'
import { recordPayment } from '@/lib/invoices/payments'
import { PLANS } from '@/lib/plans/plan'
import { advanceHeld } from '@/lib/subscriptions/advance'
import { beginning, transition } from '@/lib/subscriptions/subscription'
import { subscriptionEntry } from '@/lib/subscriptions/subscription-audit'
import {
  holdSubscription,
  saveTransition,
  storeBeginning,
} from '@/lib/subscriptions/subscription-store'
import { nextStep } from '@/lib/subscriptions/subscription-time'
import { DAY_MS } from '@/lib/tokens/model'
import { type DemoBilling, insertDetails } from '@/prisma/seed/billing-details'
import type { PastEvent } from '@/prisma/seed/history'

/**
 * Bills the past of the demo organizations by the code that bills everybody, with its clock set back. Nobody is told
 * of it.
 */

export interface Customer {
  organizationId: string
  billing: DemoBilling
  /** Who chose the plan. */
  chooser: Actor
}

const SYSTEM: Actor = { type: 'SYSTEM', id: null, label: 'System', tokenId: null }
/** So long the job that closes periods may take to look. */
const JOB_MS = 4 * 60_000
/** What was issued before that is paid: nothing is overdue when the demo is made. */
const OPEN_DAYS = 12
const PAID_AFTER_DAYS = 6

/** Stores how the subscription began, before anybody sees the organization. */
export async function beginBilling(
  pool: pg.Pool,
  organizationId: string,
  { begunAgo }: DemoBilling,
  now: number,
): Promise<void> {
  await storeBeginning(pool, organizationId, beginning(begunAt(begunAgo, now)))
}

/** Keeps jobs from billing what is billed here, to the end of the transaction. */
export async function holdBilling(client: pg.PoolClient, ids: readonly string[]): Promise<void> {
  await client.query(
    'SELECT 1 FROM billing.subscription WHERE organization_id = ANY($1) ORDER BY 1 FOR UPDATE',
    [ids],
  )
}

/** @returns what the audit trail would have said, by organization */
export async function seedBilling(
  client: pg.PoolClient,
  { seller, tax }: Pick<Issuer, 'seller' | 'tax'>,
  customers: readonly Customer[],
  now: number,
): Promise<Map<string, PastEvent[]>> {
  const pasts = customers.map((customer) => new Past(client, partiesWith(seller, tax), customer))
  for (const past of pasts) await past.begin(now)
  // In the order of time, whosever turn it is, as the numbers of invoices are.
  for (;;) {
    const [next] = pasts.sort((one, other) => one.next - other.next)
    if (!next || next.next > now) break
    await next.advance(now)
  }
  for (const past of pasts) await past.pay(now)
  return new Map(pasts.map(({ customer, events }) => [customer.organizationId, events]))
}

/** One organization on its way from the beginning to now. */
class Past {
  readonly events: PastEvent[] = []
  /** Epoch ms at which time does something to the subscription. */
  next = 0

  constructor(
    readonly client: pg.PoolClient,
    readonly partiesOf: PartiesOf,
    readonly customer: Customer,
  ) {}

  async begin(now: number): Promise<void> {
    const { organizationId, billing, chooser } = this.customer
    const at = begunAt(billing.begunAgo, now)
    const client = this.#clientAt(at)
    await insertDetails(client, organizationId, billing.details, at)
    const first = await holdSubscription(client, organizationId)
    const plan = PLANS[billing.plan]
    const made = plan === first.plan ? null : transition(first, { type: 'CHANGE_PLAN', plan }, at)
    if (made) {
      await saveTransition(client, organizationId, made, chooser)
      const order = { organizationId, reason: 'PLAN_CHANGED', at, lines: made.lines } as const
      await invoicing(at, this.partiesOf).charge(client, order)
      this.#note(at, chooser, await subscriptionEntry(client, organizationId, made))
    }
    this.next = nextStep(made?.after ?? first).at
  }

  async advance(now: number): Promise<void> {
    const { organizationId } = this.customer
    const at = Math.min(this.next + JOB_MS, now)
    const port = invoicing(at, this.partiesOf)
    const subject = { organizationId, now: at }
    const { present, entries } = await advanceHeld(this.#clientAt(at), port, subject)
    for (const entry of entries) this.#note(at, SYSTEM, entry)
    this.next = nextStep(present).at
  }

  /** By transfer, what was issued long enough ago. */
  async pay(now: number): Promise<void> {
    const { organizationId } = this.customer
    const unpaid = await selectDocuments(
      this.client,
      organizationId,
      `i.state = 'OPEN' AND i.issued_at < $2`,
      [new Date(now - OPEN_DAYS * DAY_MS)],
    )
    for (const { id, owedCents, snapshot } of unpaid.reverse()) {
      const at = snapshot.issuedAt + PAID_AFTER_DAYS * DAY_MS
      await recordPayment(this.#clientAt(at), {
        ...{ organizationId, invoiceId: id, cents: owedCents, receivedAt: at, at },
        ...{ method: 'BANK_TRANSFER', reference: `Transfer for ${snapshot.number}` },
        recordedBy: 'Demo',
      })
    }
  }

  #note(at: number, actor: Actor, entry: AuditEntry | null): void {
    if (!entry) return
    const channel = actor.type === 'SYSTEM' ? 'system' : 'dashboard'
    this.events.push({ ...entry, at, actor, channel })
  }

  /** `audit.append` would date events by the clock: they are kept here, and written with the rest of the past. */
  #clientAt(at: number): BillingTransaction {
    const query = (text: string, values: unknown[]) => {
      if (!text.startsWith('SELECT audit.append(')) return this.client.query(text, values)
      const { actor, ...entry } = JSON.parse(String(values[2])) as AuditEntry & { actor: Actor }
      this.#note(at, actor, entry)
      return Promise.resolve({ rows: [], rowCount: 0 })
    }
    return { query: query as BillingTransaction['query'] }
  }
}

function begunAt(ago: number, now: number): number {
  return (Math.floor(now / DAY_MS) - ago) * DAY_MS
}
