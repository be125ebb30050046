import { startEmbeddedPostgres } from '@/lib/db/embedded'

/**
 * A program for tests that kill the owner of an embedded database: it starts the server in the
 * directory of its first argument, prints `{ url, pid }` as one line of JSON and stays.
 */
const [dataDir] = process.argv.slice(2)
if (!dataDir) throw new Error('Name a data directory')
const { url, pid } = await startEmbeddedPostgres({ dataDir })
console.log(JSON.stringify({ url, pid }))
