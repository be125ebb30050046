import { defineConfig } from 'prisma/config'

// `generate` only checks that a schema engine exists and never runs it. Naming an executable that is
// certainly there keeps the install free of a binary download (docs/decisions/0003-database.md).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: 'postgresql://localhost/unused' },
})
