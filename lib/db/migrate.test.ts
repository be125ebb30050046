import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applyMigrations } from '@/lib/db/migrate'
import { createEmptyDatabase, type TestDatabase } from '@/lib/testing/database'

let migrationsDir: string
let database: TestDatabase
let client: Client

beforeEach(async () => {
  migrationsDir = mkdtempSync(join(tmpdir(), 'fruxon-migrations-'))
  writeFileSync(join(migrationsDir, 'migration_lock.toml'), 'provider = "postgresql"\n')
  database = await createEmptyDatabase()
  client = new Client({ connectionString: database.url })
  await client.connect()
})

afterEach(async () => {
  await client.end()
  await database.drop()
  rmSync(migrationsDir, { recursive: true, force: true })
})

function write(name: string, sql: string): string {
  mkdirSync(join(migrationsDir, name), { recursive: true })
  const path = join(migrationsDir, name, 'migration.sql')
  writeFileSync(path, sql)
  return path
}

const apply = () => applyMigrations({ connectionString: database.url, migrationsDir })

async function rows<Row>(sql: string): Promise<Row[]> {
  return (await client.query(sql)).rows as Row[]
}

const recorded = () =>
  rows<{ migration_name: string }>('SELECT migration_name FROM _prisma_migrations ORDER BY 1')

describe('applying migrations', () => {
  it('applies all of them in order, then only the new ones', async () => {
    write('2_second', 'ALTER TABLE a ADD COLUMN y int;')
    write('1_first', 'CREATE TABLE a (x int); INSERT INTO a VALUES (1);')
    expect(await apply()).toEqual({ applied: ['1_first', '2_second'] })
    expect(await apply()).toEqual({ applied: [] })
    write('3_third', 'INSERT INTO a VALUES (2, 3);')
    expect(await apply()).toEqual({ applied: ['3_third'] })
    expect(await rows('SELECT * FROM a ORDER BY x')).toEqual([
      { x: 1, y: null },
      { x: 2, y: 3 },
    ])
  })

  it('keeps the record that "prisma migrate deploy" reads', async () => {
    const path = write('1_first', 'CREATE TABLE a (x int);\n')
    await apply()
    const checksum = createHash('sha256').update(readFileSync(path)).digest('hex')
    expect(
      await rows(
        `SELECT length(id) AS id, checksum, migration_name, logs, rolled_back_at,
                applied_steps_count AS steps, finished_at >= started_at AS finished
           FROM _prisma_migrations`,
      ),
    ).toEqual([
      {
        id: 36,
        checksum,
        migration_name: '1_first',
        logs: null,
        rolled_back_at: null,
        steps: 1,
        finished: true,
      },
    ])
  })

  it('runs each migration once however many processes start together', async () => {
    write('1_first', 'CREATE TABLE a (x int); INSERT INTO a VALUES (1); SELECT pg_sleep(0.2);')
    write('2_second', 'INSERT INTO a VALUES (2);')
    const outcomes = await Promise.all([apply(), apply(), apply(), apply(), apply()])
    const applied = outcomes.map((outcome) => outcome.applied).filter(({ length }) => length > 0)
    expect(applied).toEqual([['1_first', '2_second']])
    expect(await rows('SELECT x FROM a ORDER BY x')).toEqual([{ x: 1 }, { x: 2 }])
  })

  it('takes back all of a failing migration, names its line, and can go on when mended', async () => {
    write('1_first', 'CREATE TABLE a (x int);')
    write('2_second', 'CREATE TABLE b (x int);\nINSERT INTO b VALUES (1);\nSELECT * FROM missing;')
    write('3_third', 'CREATE TABLE c (x int);')
    await expect(apply()).rejects.toThrow(/2_second failed.*missing.*migration\.sql:3/)
    expect(await recorded()).toEqual([{ migration_name: '1_first' }])
    expect(await rows(`SELECT to_regclass('b') AS b, to_regclass('c') AS c`)).toEqual([
      { b: null, c: null },
    ])
    write('2_second', 'CREATE TABLE b (x int);')
    expect(await apply()).toEqual({ applied: ['2_second', '3_third'] })
  })

  it('refuses an applied migration that was edited', async () => {
    write('1_first', 'CREATE TABLE a (x int);')
    await apply()
    write('1_first', 'CREATE TABLE a (x bigint);')
    write('2_second', 'CREATE TABLE b (x int);')
    await expect(apply()).rejects.toThrow(/1_first was edited/)
    expect(await recorded()).toEqual([{ migration_name: '1_first' }])
  })

  it('does not mistake rewritten line ends for an edit', async () => {
    write('1_first', 'CREATE TABLE a (\n x int\n);\n')
    await apply()
    write('1_first', 'CREATE TABLE a (\r\n x int\r\n);\r\n')
    expect(await apply()).toEqual({ applied: [] })
  })

  it('refuses to go on after a migration that another tool left unfinished', async () => {
    write('1_first', 'CREATE TABLE a (x int);')
    await apply()
    await client.query('UPDATE _prisma_migrations SET finished_at = NULL')
    await expect(apply()).rejects.toThrow(/1_first was begun and never finished/)
    await client.query('UPDATE _prisma_migrations SET rolled_back_at = now(); DROP TABLE a')
    expect(await apply()).toEqual({ applied: ['1_first'] })
  })

  it('keeps the settings of one migration from the next', async () => {
    write('1_first', `SET search_path = ''; CREATE TABLE public.a (x int);`)
    write('2_second', 'INSERT INTO a VALUES (1);')
    expect(await apply()).toEqual({ applied: ['1_first', '2_second'] })
  })

  it('starts against a database that is ahead of it', async () => {
    write('1_first', 'CREATE TABLE a (x int);')
    write('2_second', 'CREATE TABLE b (x int);')
    await apply()
    rmSync(join(migrationsDir, '2_second'), { recursive: true })
    expect(await apply()).toEqual({ applied: [] })
  })
})
