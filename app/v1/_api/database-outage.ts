/** Node and PostgreSQL codes that mean "the database is away", not "the query is wrong". */
const OUTAGE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  // Prisma's names for the same
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2037',
])

const OUTAGE_WORDS =
  /connection terminated|timeout exceeded when trying to connect|server closed the connection|cannot use a pool after|Client has encountered a connection error|DatabaseNotReachable|ConnectionClosed|TooManyConnections/i

const CAUSES_FOLLOWED = 5

/** True where the failure is the database's absence: worth another try by the caller. */
export function isDatabaseOutage(error: unknown): boolean {
  let current = error
  for (let depth = 0; depth < CAUSES_FOLLOWED && isRecord(current); depth++) {
    const { code, message, kind, syscall, cause } = current
    if (code === 'ENOENT' && syscall === 'connect') return true
    if (typeof code === 'string' && (OUTAGE_CODES.has(code) || /^08/.test(code))) return true
    if (typeof kind === 'string' && OUTAGE_WORDS.test(kind)) return true
    if (typeof message === 'string' && OUTAGE_WORDS.test(message)) return true
    current = cause
  }
  return false
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
