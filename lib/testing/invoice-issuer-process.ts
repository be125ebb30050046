import { randomInt } from 'node:crypto'
import { writeSync } from 'node:fs'
import pg from 'pg'
import { charge, feeLine } from '@/lib/invoices/invoice-fixture'

/**
 * A program for tests that kill whoever issues invoices: many at once, until it is killed, for the
 * organizations that its arguments name after the database. It prints the id of each that was committed.
 */
const [url, ...organizations] = process.argv.slice(2)
if (!url) throw new Error('Name a database')
const AT_ONCE = 10
// Without Prisma, which takes longer to load than many invoices to issue.
const db = { pool: new pg.Pool({ connectionString: url, max: AT_ONCE }) }
const period = { from: 0, to: 86_400_000 }

async function issueOneAfterTheOther(): Promise<never> {
  for (;;) {
    const organization = organizations[randomInt(organizations.length)] ?? ''
    const lines = [feeLine(BigInt(randomInt(1, 1000)), period)]
    const at = Date.UTC(2026, 5, 1)
    writeSync(1, `${await charge(db, organization, lines, { at })}\n`)
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, issueOneAfterTheOther))
