import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendAudit } from '@/lib/audit/append'
import { verifyAuditChain, verifyOwnAuditChain } from '@/lib/audit/verify'
import type { Context } from '@/lib/context'
import { sqlTransaction } from '@/lib/db/sql-transaction'
import { newId } from '@/lib/ids'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

function append(
  ctx: Context,
  label: string,
  client: Pick<pg.PoolClient, 'query'> = product.db.pool,
) {
  const target = { type: 'token' as const, id: newId(), label, familyId: newId() }
  return appendAudit(client, ctx, { eventType: 'UPDATED', target, details: { label } })
}

/** An organization with this many events. */
async function chainOf(events: number) {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  for (let index = 1; index <= events; index++) await append(admin, `event ${index}`)
  const verify = () => verifyAuditChain(product.db, { organizationId: organization.id })
  return { organization, admin, verify }
}

describe('the chain', () => {
  it('stays whole under 200 concurrent appends to three organizations', async () => {
    const chains = await Promise.all([chainOf(0), chainOf(0), chainOf(0)])
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const chain = chains[index % 3]
        if (chain) await append(chain.admin, `event ${index}`)
      }),
    )
    const verdicts = await Promise.all(chains.map(({ verify }) => verify()))
    expect(verdicts.map(({ ok, events }) => ({ ok, events }))).toEqual([
      { ok: true, events: 67 },
      { ok: true, events: 67 },
      { ok: true, events: 66 },
    ])
    expect(new Set(verdicts.map(({ headHash }) => headHash)).size).toBe(3)
  })

  it('verifies while events are added', async () => {
    const { admin, verify } = await chainOf(20)
    const appends = Promise.all(Array.from({ length: 50 }, () => append(admin, 'more')))
    const verdicts = [await verify(), await verify(), await verify()]
    await appends
    for (const verdict of [...verdicts, await verify()]) expect(verdict.ok).toBe(true)
  })

  it('keeps no event of a transaction that was rolled back, and no gap', async () => {
    const { admin, verify } = await chainOf(1)
    const undone = sqlTransaction(product.db.pool, async (client) => {
      await append(admin, 'undone', client)
      throw new Error('no')
    })
    await expect(undone).rejects.toThrow('no')
    await append(admin, 'kept')
    expect(await verify()).toMatchObject({ ok: true, events: 2 })
  })

  it('of an organization without events is whole, and an admin may ask', async () => {
    const { admin, verify } = await chainOf(0)
    expect(await verify()).toMatchObject({ ok: true, events: 0 })
    await append(admin, 'first')
    expect(await verifyOwnAuditChain(admin)).toEqual(await verify())
  })

  it('covers text of any kind', async () => {
    const { admin, verify } = await chainOf(0)
    for (const label of [
      'Zürich | 🚀',
      '"\\',
      '\u2028',
      '',
      "'; DROP TABLE",
      '{"a":1}',
      '\u0001',
    ]) {
      await append(admin, label)
    }
    expect(await verify()).toMatchObject({ ok: true, events: 7 })
  })
})

/** What only a superuser can do, behind the trigger's back. */
async function tamper(statement: string, organizationId: string): Promise<void> {
  const client = await product.db.pool.connect()
  try {
    await client.query('SET session_replication_role = replica')
    const { rowCount } = await client.query(statement, [organizationId])
    expect(rowCount).toBeGreaterThan(0)
  } finally {
    await client.query('RESET session_replication_role')
    client.release()
  }
}

const at = (seq: number) => `WHERE organization_id = $1 AND seq = ${seq}`
const rehash = `hash = sha256(previous_hash || convert_to(concat_ws('|',
  organization_id, seq, id, at_ms, payload), 'UTF8'))`

describe('tampering is seen', () => {
  it.each([
    [
      'a changed text',
      `UPDATE audit.event SET payload = replace(payload, 'event 3', 'event 9') ${at(3)}`,
      3,
    ],
    ['a changed time', `UPDATE audit.event SET at_ms = at_ms + 1 ${at(3)}`, 3],
    ['a changed id', `UPDATE audit.event SET id = gen_random_uuid() ${at(3)}`, 3],
    ['a changed type', `UPDATE audit.event SET event_type = 'MINTED' ${at(3)}`, 3],
    ['a changed actor', `UPDATE audit.event SET actor_id = gen_random_uuid() ${at(3)}`, 3],
    ['an actor taken away', `UPDATE audit.event SET actor_id = NULL ${at(3)}`, 3],
    ['a changed target', `UPDATE audit.event SET target_id = gen_random_uuid() ${at(3)}`, 3],
    ['a changed family', `UPDATE audit.event SET family_id = gen_random_uuid() ${at(3)}`, 3],
    ['a forged hash', `UPDATE audit.event SET hash = sha256('x') ${at(3)}`, 3],
    ['a deleted event', `DELETE FROM audit.event ${at(3)}`, 3],
    ['a deleted first event', `DELETE FROM audit.event ${at(1)}`, 1],
    ['a cut tail', `DELETE FROM audit.event WHERE organization_id = $1 AND seq > 4`, 5],
    ['a chain that is gone', 'DELETE FROM audit.event WHERE organization_id = $1', 1],
    [
      'two events swapped',
      `UPDATE audit.event e SET id = o.id, payload = o.payload, at_ms = o.at_ms,
         target_id = o.target_id, family_id = o.family_id
       FROM audit.event o WHERE e.organization_id = $1 AND o.organization_id = $1
         AND (e.seq, o.seq) IN ((2, 3), (3, 2))`,
      2,
    ],
    [
      'a head set back',
      `UPDATE audit.chain_head SET hash = sha256('x') WHERE organization_id = $1`,
      5,
    ],
  ])('%s', async (_title, statement, firstBrokenSeq) => {
    const { organization, verify } = await chainOf(5)
    expect(await verify()).toMatchObject({ ok: true, events: 5 })
    await tamper(statement, organization.id)
    expect(await verify()).toMatchObject({ ok: false, firstBrokenSeq })
  })

  it('a gap closed up', async () => {
    const { organization, verify } = await chainOf(5)
    await tamper(`DELETE FROM audit.event ${at(3)}`, organization.id)
    await tamper(`UPDATE audit.event SET seq = 3 ${at(4)}`, organization.id)
    await tamper(`UPDATE audit.event SET seq = 4 ${at(5)}`, organization.id)
    expect(await verify()).toMatchObject({ ok: false, firstBrokenSeq: 3 })
  })

  it('an event rewritten with a hash that fits it', async () => {
    const { organization, verify } = await chainOf(5)
    await tamper(
      `UPDATE audit.event SET payload = replace(payload, 'event 3', 'event 9') ${at(3)}`,
      organization.id,
    )
    await tamper(`UPDATE audit.event SET ${rehash} ${at(3)}`, organization.id)
    expect(await verify()).toMatchObject({ ok: false, firstBrokenSeq: 4 })
  })

  it('the last event rewritten with a hash that fits it', async () => {
    const { organization, verify } = await chainOf(5)
    await tamper(
      `UPDATE audit.event SET payload = replace(payload, 'event 5', 'event 9') ${at(5)}`,
      organization.id,
    )
    await tamper(`UPDATE audit.event SET ${rehash} ${at(5)}`, organization.id)
    expect(await verify()).toMatchObject({ ok: false, firstBrokenSeq: 5 })
  })

  it('an event put in from another organization', async () => {
    const { organization, verify } = await chainOf(3)
    const other = await chainOf(3)
    await tamper(
      `UPDATE audit.event e SET payload = o.payload, id = o.id, at_ms = o.at_ms, hash = o.hash,
         previous_hash = o.previous_hash, target_id = o.target_id, family_id = o.family_id
       FROM audit.event o WHERE e.organization_id = $1 AND e.seq = 1
         AND o.organization_id = '${other.organization.id}' AND o.seq = 1`,
      organization.id,
    )
    expect(await verify()).toMatchObject({ ok: false, firstBrokenSeq: 1 })
  })
})

describe('the table of events', () => {
  it.each([
    ['UPDATE audit.event SET event_type = event_type'],
    ['DELETE FROM audit.event'],
    ['TRUNCATE audit.event'],
    ['DELETE FROM audit.chain_head'],
    [
      'INSERT INTO audit.event SELECT * FROM audit.event ON CONFLICT (organization_id, seq) DO UPDATE SET payload = excluded.payload',
    ],
  ])('refuses %s', async (statement) => {
    const { verify } = await chainOf(2)
    await expect(product.db.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
    expect(await verify()).toMatchObject({ ok: true, events: 2 })
  })
})
