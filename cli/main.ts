import { CommanderError } from 'commander'
import { EXIT, Failure, usage } from './failure'
import { tellFailure } from './output'
import { createProgram } from './program'
import { keepSecret } from './redaction'
import { readSurroundings, type Surroundings } from './surroundings'

async function main(): Promise<void> {
  const place = readSurroundings()
  for (const name of ['FRUXON_TOKEN', 'FRUXON_API_KEY']) keepSecret(place.env[name] ?? '')
  // A reader that has seen enough, such as head, is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.generic)
  })
  try {
    await createProgram(place).parseAsync()
  } catch (error) {
    end(error, place)
  }
}

function end(error: unknown, place: Surroundings) {
  if (error instanceof CommanderError) {
    // Help and version were asked for; help that stands in for a missing subcommand was not.
    if (error.exitCode === 0) return
    if (error.code !== 'commander.help') return tell(usage(...parts(error.message)), place)
    process.exitCode = EXIT.usage
    return
  }
  if (error instanceof Failure) return tell(error, place)
  tell(new Failure('generic', (error as Error).message ?? 'Something broke.'), place)
}

/** "error: unknown command 'key'\n(Did you mean keys?)" → a sentence and what to do. */
function parts(message: string): [string, string] {
  const [first = '', suggestion] = message
    .replace(/^error: /, '')
    .replace(/^command-argument value ('.*') is invalid for argument '(.*?)'\. /s, '$1 is no $2.\n')
    .replace(/^option '(.*?)' argument ('.*') is invalid\. /s, '$2 does not do for $1.\n')
    .split('\n')
  const sentence = first.charAt(0).toUpperCase() + first.slice(1)
  const hint = suggestion?.replace(/^\(|\)$/g, '') ?? 'See --help.'
  return [sentence.endsWith('.') ? sentence : `${sentence}.`, hint]
}

function tell(failure: Failure, place: Surroundings): void {
  tellFailure(failure, place)
  process.exitCode = failure.exitCode
}

await main()
