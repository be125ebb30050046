import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestDatabase, ensureTemplate, type TestDatabase } from '@/lib/testing/database'

let migrationsDir: string
let databases: TestDatabase[]
let templates: string[]

beforeEach(() => {
  migrationsDir = mkdtempSync(join(tmpdir(), 'fruxon-migrations-'))
  mkdirSync(join(migrationsDir, '1_first'))
  databases = []
  templates = []
})

afterEach(async () => {
  for (const { drop } of databases) await drop()
  for (const template of templates) {
    await query(process.env.TEST_DATABASE_URL ?? '', `DROP DATABASE ${template}`)
  }
  rmSync(migrationsDir, { recursive: true, force: true })
})

/** A migration of its own for every test, hence a template of its own. */
function writeMigration(sql: string): void {
  writeFileSync(join(migrationsDir, '1_first', 'migration.sql'), `-- ${randomUUID()}\n${sql}`)
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

it('gives migrated databases that know nothing of each other', async () => {
  writeMigration('CREATE TABLE a (x int)')
  databases = await Promise.all(Array.from({ length: 5 }, () => createTestDatabase(migrationsDir)))
  templates.push(await ensureTemplate(migrationsDir))
  await Promise.all(
    databases.map(({ url }, index) => query(url, `INSERT INTO a VALUES (${index})`)),
  )
  const found = await Promise.all(databases.map(({ url }) => query(url, 'SELECT x FROM a')))
  expect(found).toEqual([0, 1, 2, 3, 4].map((x) => [{ x }]))
})

it('removes a database although someone is connected to it', async () => {
  writeMigration('CREATE TABLE a (x int)')
  const database = await createTestDatabase(migrationsDir)
  templates.push(await ensureTemplate(migrationsDir))
  const visitor = new Client({ connectionString: database.url })
  const cutOff = new Promise((resolve) => visitor.on('error', resolve))
  await visitor.connect()
  await database.drop()
  expect(await cutOff).toMatchObject({ code: '57P01' })
  await expect(query(database.url, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' })
})

it('leaves no template behind when a migration fails', async () => {
  writeMigration('CREATE TABLE a (x int); SELECT * FROM missing')
  await expect(createTestDatabase(migrationsDir)).rejects.toThrow(/1_first failed/)
  await expect(createTestDatabase(migrationsDir)).rejects.toThrow(/1_first failed/)
  writeMigration('CREATE TABLE a (x int)')
  databases.push(await createTestDatabase(migrationsDir))
  templates.push(await ensureTemplate(migrationsDir))
})
