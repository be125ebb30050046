import { createInterface } from 'node:readline/promises'
import { attachDatabase } from '@/lib/db/attach'
import { openDatabase } from '@/lib/db/database'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import { readEnvironment } from '@/lib/env'
import { type DomainError, isDomainError } from '@/lib/errors'
import { openIssuer } from '@/lib/invoices/issuer'
import { installationSecrets } from '@/lib/secrets'
import { BILLING_USAGE, runBillingCommand, UsageError } from '@/scripts/billing-commands'

/** `npm run billing -- COMMAND`: invoices by hand, on the server, in the environment of the product. */

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}

const args = process.argv.slice(2)
if (args.length === 0 || args.includes('--help')) {
  console.log(BILLING_USAGE)
  process.exit(args.length === 0 ? 2 : 0)
}
const environment = readEnvironment()
const sealer = new EmailLinkSealer(installationSecrets(environment).authSecret)
const attached = await attachDatabase(environment)
const db = openDatabase({ url: attached.url, poolSize: 2 })
try {
  await runBillingCommand(args, {
    db,
    issuer: openIssuer(environment, sealer),
    now: Date.now(),
    say: (line) => console.log(line),
    confirm: ask,
  })
} catch (error) {
  if (!(error instanceof UsageError) && !isDomainError(error)) throw error
  console.error(
    error instanceof UsageError ? `${error.message}\n\n${BILLING_USAGE}` : wordsOf(error),
  )
  process.exitCode = error instanceof UsageError ? 2 : 1
} finally {
  await db.close()
  await attached.release()
}

function wordsOf({ message, errors }: DomainError): string {
  // Of one error the message is its words.
  return errors.length > 1 ? errors.map(({ detail }) => detail).join('\n') : message
}
