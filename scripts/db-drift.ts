import { parseArgs } from 'node:util'
import { diffMigrations, foldersFrom } from '@/scripts/migration-diff'

/** Fails when someone changed the Prisma schema and forgot the migration, or the reverse. */
const { values } = parseArgs({
  options: { schema: { type: 'string' }, migrations: { type: 'string' } },
})
const sql = await diffMigrations(foldersFrom(values))
if (sql === null) {
  console.log('The migrations lead exactly to the Prisma schema.')
} else {
  console.error(`The migrations and the Prisma schema differ. What is missing:\n\n${sql}`)
  console.error('Write it with: npx tsx scripts/db-new.ts NAME')
  process.exitCode = 1
}
