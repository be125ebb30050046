import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { readMigrations } from '@/lib/db/migration-files'

export type MigrationFolders = { schemaDir: string; migrationsDir: string }

export const PROJECT_FOLDERS: MigrationFolders = {
  schemaDir: resolve(import.meta.dirname, '../prisma/schema'),
  migrationsDir: resolve(import.meta.dirname, '../prisma/migrations'),
}

/** Folders from `--schema DIR` and `--migrations DIR`; the project's own where not named. */
export function foldersFrom(values: {
  schema?: string | undefined
  migrations?: string | undefined
}): MigrationFolders {
  return {
    schemaDir: resolve(values.schema ?? PROJECT_FOLDERS.schemaDir),
    migrationsDir: resolve(values.migrations ?? PROJECT_FOLDERS.migrationsDir),
  }
}

/**
 * The SQL that leads from all migrations to the Prisma schema, or null when they agree. The
 * migrations run in a PostgreSQL inside this process, so neither a server nor Prisma's engine
 * binary is needed. Only the schema `public` is compared: what Prisma cannot express (partitions,
 * rollups) lives in schemas of its own, written by hand.
 * @throws when a migration fails, naming it.
 */
export async function diffMigrations({
  schemaDir,
  migrationsDir,
}: MigrationFolders): Promise<string | null> {
  const database = new PGlite()
  try {
    for (const { name, sql } of readMigrations(migrationsDir)) {
      await database.exec(sql).catch((cause: Error) => {
        throw new Error(`Migration ${name} fails: ${cause.message}`, { cause })
      })
      await database.exec('RESET ALL')
    }
    return await diffWith(database, readSchema(schemaDir), schemaDir)
  } finally {
    await database.close()
  }
}

async function diffWith(database: PGlite, files: SchemaFile[], configDir: string) {
  startEngine()
  const engine = await glue.SchemaEngine.new(
    { datamodels: files.map(({ path, content }): [string, string] => [path, content]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(database)),
  )
  const { exitCode, stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  return exitCode === 0 ? null : (stdout ?? '')
}

type SchemaFile = { path: string; content: string }

function readSchema(schemaDir: string): SchemaFile[] {
  return readdirSync(schemaDir)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => join(schemaDir, name))
    .map((path) => ({ path, content: readFileSync(path, 'utf8') }))
}

/** By hand, because the package's own entry needs a flag of Node to import WebAssembly. */
function startEngine(): void {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')
  const wasm = readFileSync(join(dirname(entry), 'schema_engine_bg.wasm'))
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  })
  glue.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}
