import { parseArgs } from 'node:util'
import { verifyAuditChain } from '@/lib/audit/verify'
import { attachDatabase } from '@/lib/db/attach'
import { openDatabase } from '@/lib/db/database'
import { readEnvironment } from '@/lib/env'

/** `npm run audit:verify [-- --organization SLUG]`: recomputes the hash chains; exit 1 where one is broken. */

const { values } = parseArgs({ options: { organization: { type: 'string' } } })
const environment = readEnvironment()
const attached = await attachDatabase(environment)
const db = openDatabase({ url: attached.url, poolSize: 2 })
try {
  const organizations = await db.prisma.organization.findMany({
    ...(values.organization ? { where: { slug: values.organization } } : {}),
    select: { id: true, slug: true },
    orderBy: { slug: 'asc' },
  })
  if (organizations.length === 0) {
    console.error(
      values.organization
        ? `There is no organization ${values.organization}.`
        : 'There is no organization yet.',
    )
    process.exitCode = 2
  }
  for (const { id, slug } of organizations) {
    const verdict = await verifyAuditChain(db, { organizationId: id })
    if (verdict.ok) {
      console.log(`${slug}: ok, ${verdict.events} events, head ${verdict.headHash}`)
    } else {
      console.log(`${slug}: BROKEN at event ${verdict.firstBrokenSeq}: ${verdict.problem}`)
      process.exitCode = 1
    }
  }
} finally {
  await db.close()
  await attached.release()
}
