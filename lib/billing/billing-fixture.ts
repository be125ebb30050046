import type {
  BillingPort,
  BillingTransaction,
  ChargeOrder,
  ClosedPeriod,
} from '@/lib/billing/charge'
import type { Database } from '@/lib/db/database'
import { newId } from '@/lib/ids'
import type { ProductFixture } from '@/lib/testing/organization-fixture'

/** Keeps what it is handed, and what was committed of it in a table of its own. */
export interface RecordingBilling extends BillingPort {
  charges: ChargeOrder[]
  closed: ClosedPeriod[]
  /** Beginnings of the periods whose closing was committed, oldest first. */
  committed(organizationId: string): Promise<number[]>
}

/** @param fail throws in the middle of a transaction, as an invoice may that cannot be made */
export async function recordingBilling(
  { pool }: Pick<Database, 'pool'>,
  fail: (closed: ClosedPeriod) => boolean = () => false,
): Promise<RecordingBilling> {
  const table = `closed_${newId().replaceAll('-', '')}`
  await pool.query(`CREATE TABLE ${table} (organization uuid, period_from timestamptz(3))`)
  const charges: ChargeOrder[] = []
  const closed: ClosedPeriod[] = []
  return {
    charges,
    closed,
    charge: async (_tx, order) => {
      charges.push(order)
    },
    async closePeriod(tx: BillingTransaction, one) {
      closed.push(one)
      await tx.query(`INSERT INTO ${table} VALUES ($1, $2)`, [
        one.organizationId,
        new Date(one.period.from),
      ])
      if (fail(one)) throw new Error('The invoice could not be made.')
    },
    async committed(organizationId) {
      const { rows } = await pool.query<{ from: Date }>(
        `SELECT period_from AS "from" FROM ${table} WHERE organization = $1 ORDER BY 1`,
        [organizationId],
      )
      return rows.map(({ from }) => from.getTime())
    },
  }
}

/** An organization that was made at a moment of the past. */
export async function organizationOf(product: ProductFixture, createdAt: number) {
  const organization = await product.organization()
  await product.db.pool.query('UPDATE organizations SET created_at = $2 WHERE id = $1', [
    organization.id,
    new Date(createdAt),
  ])
  return organization
}
