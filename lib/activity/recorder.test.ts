import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { listTokenActivity } from '@/lib/activity/queries'
import { ActivityRecorder, type RecordedCall } from '@/lib/activity/recorder'
import type { Context } from '@/lib/context'
import { type Database, openDatabase } from '@/lib/db/database'
import { newId } from '@/lib/ids'
import { createProductFixture, type ProductFixture } from '@/lib/testing/organization-fixture'
import { type HeldToken, letPass, mint } from '@/lib/testing/token-fixture'
import { getToken } from '@/lib/tokens/queries'

let product: ProductFixture
beforeAll(async () => {
  product = await createProductFixture()
})
afterAll(() => product.close())

function recorderOf(db: Database = product.db) {
  const problems: unknown[] = []
  return { recorder: new ActivityRecorder(db, (error) => problems.push(error)), problems }
}

async function tokenOf() {
  const organization = await product.organization()
  const admin = await organization.member('ADMIN')
  return { organization, admin, token: await mint(admin) }
}

function callOf(ctx: Context, token: HeldToken, traits: Partial<RecordedCall> = {}): RecordedCall {
  return {
    organizationId: ctx.organization.id,
    familyId: token.summary.familyId,
    tokenId: token.id,
    serviceAccountId: null,
    at: Date.now(),
    method: 'GET',
    route: '/v1/tenants/{tenant}/tokens',
    status: 200,
    latencyMs: 1.25,
    ip: '192.0.2.1',
    userAgent: 'curl/8',
    actor: 'Ada via ci',
    scope: 'keys:read',
    channel: 'API' as const,
    requestId: newId(),
    lastUsedAt: null,
    ...traits,
  }
}

async function written(token: HeldToken) {
  const rows = await product.db.pool.query<{ count: number; ids: number }>(
    `SELECT count(*)::int AS count, count(DISTINCT request_id)::int AS ids
     FROM activity.request WHERE family_id = $1`,
    [token.summary.familyId],
  )
  const days = await product.db.pool.query<{ calls: number; errors: number }>(
    `SELECT coalesce(sum(calls), 0)::int AS calls, coalesce(sum(errors), 0)::int AS errors
     FROM activity.use_by_day WHERE family_id = $1`,
    [token.summary.familyId],
  )
  return { ...rows.rows[0], ...days.rows[0] }
}

function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

describe('recorded calls', () => {
  it('are all written when asked to, and the counts of the days agree', async () => {
    const { admin, token } = await tokenOf()
    const { recorder, problems } = recorderOf()
    const day = 86_400_000
    for (let index = 0; index < 1000; index++) {
      const at = Date.now() - (index % 3) * day
      const scope = index % 2 ? ('keys:read' as const) : null
      recorder.record(callOf(admin, token, { at, scope, status: index % 10 ? 200 : 403 }))
    }
    await recorder.flush()
    expect(await written(token)).toEqual({ count: 1000, ids: 1000, calls: 1000, errors: 100 })
    const { rows } = await product.db.pool.query(
      `SELECT day::text, scope, calls::int FROM activity.use_by_day WHERE family_id = $1
       EXCEPT
       SELECT (to_timestamp(at_ms / 1000.0) AT TIME ZONE 'UTC')::date::text, coalesce(scope, ''),
              count(*)::int
       FROM activity.request WHERE family_id = $1 GROUP BY 1, 2`,
      [token.summary.familyId],
    )
    expect(rows).toEqual([])
    expect({ dropped: recorder.dropped, problems }).toEqual({ dropped: 0, problems: [] })
  })

  it('are all counted when `flush` returns, also if the recorder’s own turn has taken them', async () => {
    const { admin, token } = await tokenOf()
    const touching = gate()
    const counting = gate()
    const pool = new Proxy(product.db.pool, {
      get(target, name) {
        const member = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return async (...input: unknown[]) => {
          const text = JSON.stringify(input)
          if (text.includes('last_used_at')) await touching.opened
          if (text.includes('activity.use_by_day')) await counting.opened
          return Reflect.apply(member, target, input)
        }
      },
    })
    const { recorder } = recorderOf({ ...product.db, pool })
    let returned = false
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      recorder.record(callOf(admin, token))
      const flush = recorder.flush().then(() => {
        returned = true
      })
      await expect.poll(() => written(token)).toMatchObject({ count: 1 })
      // The flush now waits to write the time of last use; the recorder's own turn comes.
      vi.advanceTimersByTime(1000)
      touching.open()
      for (let query = 0; query < 20; query++) await written(token)
      expect(returned).toBe(false)
      counting.open()
      await flush
      expect(await written(token)).toMatchObject({ count: 1, calls: 1 })
    } finally {
      vi.useRealTimers()
    }
  })

  it('are written by themselves soon after', async () => {
    const { admin, token } = await tokenOf()
    const { recorder } = recorderOf()
    recorder.record(callOf(admin, token))
    await expect.poll(() => written(token), { timeout: 20_000 }).toMatchObject({ calls: 1 })
    await recorder.flush()
  })

  it('keep every character of text, but for NUL', async () => {
    const { admin, token } = await tokenOf()
    const { recorder } = recorderOf()
    const texts = [
      '\ttab\nline\r\n',
      '\\',
      '\\N',
      '\\.',
      'a\\tb',
      '🚀 Zürich \u2028',
      '',
      '"\'$1;--',
    ]
    for (const [index, text] of texts.entries()) {
      const at = 1000 + index
      recorder.record(callOf(admin, token, { at, userAgent: text, actor: `${text}!`, ip: text }))
    }
    recorder.record(callOf(admin, token, { at: 1, userAgent: 'a\0b', ip: null, scope: null }))
    await recorder.flush()
    const { items } = await listTokenActivity(admin, { tokenId: token.id })
    expect(items.map(({ userAgent }) => userAgent).reverse()).toEqual(['ab', ...texts])
    expect(
      items
        .map(({ actor }) => actor)
        .reverse()
        .slice(1),
    ).toEqual(texts.map((t) => `${t}!`))
    expect(items.map(({ remoteIp }) => remoteIp).reverse()).toEqual([null, ...texts])
    expect(items.at(-1)).toMatchObject({ scope: null, latencyMs: 1.25, createdAt: 1 })
  })
})

describe('the last use of a token', () => {
  it('is written at most once a minute, by one process or many', async () => {
    const { organization, admin, token } = await tokenOf()
    const lastUse = async () => {
      const { lastUsedAt, lastUsedIp } = await getToken(admin, { tokenId: token.id })
      return { at: lastUsedAt, ip: lastUsedIp }
    }
    const start = Date.now()
    const { recorder } = recorderOf()
    recorder.record(callOf(admin, token, { at: start, ip: '192.0.2.7' }))
    await recorder.flush()
    expect(await lastUse()).toEqual({ at: start, ip: '192.0.2.7' })
    recorder.record(callOf(admin, token, { at: start + 59_999 }))
    await recorder.flush()
    // Another process that has not seen the first write: SQL holds it back.
    const other = recorderOf().recorder
    other.record(callOf(admin, token, { at: start + 10, ip: '192.0.2.8' }))
    await other.flush()
    expect(await lastUse()).toEqual({ at: start, ip: '192.0.2.7' })
    await letPass(product.db, organization.id, { milliseconds: 60_001 })
    recorder.record(callOf(admin, token, { at: start + 60_000, ip: '192.0.2.9' }))
    await recorder.flush()
    expect(await lastUse()).toEqual({ at: start + 60_000, ip: '192.0.2.9' })
  })

  it('waits for its next chance where a rotation holds the row', async () => {
    const { admin, token } = await tokenOf()
    const client = await product.db.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('SELECT 1 FROM tokens WHERE id = $1 FOR UPDATE', [token.id])
      const { recorder, problems } = recorderOf()
      recorder.record(callOf(admin, token))
      await recorder.flush()
      expect(problems).toEqual([])
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
    expect(await written(token)).toMatchObject({ count: 1, calls: 1 })
  })
})

/** A way to the database that can be cut and mended. */
async function openLine() {
  const target = new URL(product.url)
  const sockets = new Set<Socket>()
  let isCut = false
  const server: Server = createServer((socket) => {
    if (isCut) return socket.destroy()
    const onward = connect(Number(target.port), target.hostname)
    for (const end of [socket, onward]) {
      sockets.add(end)
      end.on('error', () => undefined)
      end.on('close', () => sockets.delete(end))
    }
    return socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(product.url)
  url.port = String((server.address() as AddressInfo).port)
  const db = openDatabase({ url: url.href, poolSize: 2 })
  const cut = () => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    db,
    cut,
    mend: () => {
      isCut = false
    },
    async close() {
      cut()
      await db.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('while the database is out of reach', () => {
  it('rows and counts wait, and are written once when it is back', async () => {
    const { admin, token } = await tokenOf()
    const line = await openLine()
    const { recorder } = recorderOf(line.db)
    recorder.record(callOf(admin, token))
    await recorder.flush()
    line.cut()
    for (let index = 0; index < 300; index++) recorder.record(callOf(admin, token))
    for (let attempt = 0; attempt < 3; attempt++) await expect(recorder.flush()).rejects.toThrow()
    line.mend()
    recorder.record(callOf(admin, token))
    await recorder.flush()
    expect(await written(token)).toMatchObject({ count: 302, ids: 302, calls: 302 })
    expect(recorder.dropped).toBe(0)
    await line.close()
  })

  it('calls beyond the queue are dropped and counted, and nobody waits', async () => {
    const { admin, token } = await tokenOf()
    const line = await openLine()
    line.cut()
    const { recorder } = recorderOf(line.db)
    const call = callOf(admin, token)
    for (let index = 0; index < 50_000; index++) recorder.record(call)
    const refused = recorder.flush()
    // The flush holds the 50,000 by now; what comes meanwhile has no place once they are put back.
    await new Promise(setImmediate)
    for (let index = 0; index < 10; index++) recorder.record(call)
    await expect(refused).rejects.toThrow()
    recorder.record(call)
    expect(recorder.dropped).toBe(11)
    line.mend()
    await recorder.flush()
    expect(await written(token)).toMatchObject({ count: 50_000, calls: 50_000 })
    await line.close()
  })
})
