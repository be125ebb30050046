import { Command, Option } from 'commander'
import { VERSION } from './client'
import { addDoctor } from './commands/doctor'
import { addKeys } from './commands/keys'
import { addLogin } from './commands/login'
import { addLogout } from './commands/logout'
import { addPricing } from './commands/pricing'
import { addServiceAccounts } from './commands/service-accounts'
import { addUsage } from './commands/usage'
import { addWhoami } from './commands/whoami'
import { FORMATS } from './output'
import { withoutSecrets } from './redaction'
import type { Surroundings } from './surroundings'

/** All commands. What commander itself has to say passes the redaction; its refusals are thrown. */
export function createProgram(place: Surroundings): Command {
  const program = new Command('fruxon')
    .description('Tokens, service accounts, usage and prices of your Fruxon organization.')
    .version(VERSION, '-V, --version', 'print the version')
    .addOption(new Option('-o, --output <format>', 'how results look').choices(FORMATS))
    .option('-w, --workspace <organization>', 'slug or id of the organization')
    .addOption(new Option('--tenant <organization>', 'the same as --workspace'))
    .option('--base-url <url>', 'address of the API')
    .option('-y, --yes', 'do what cannot be taken back without asking')
    .helpCommand('help [command]', 'help about a command')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => process.stdout.write(withoutSecrets(text)),
      writeErr: (text) => process.stderr.write(withoutSecrets(text)),
      // Told in our own form, once it was thrown.
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(place.width ?? 80, 100),
      getErrHelpWidth: () => Math.min(place.width ?? 80, 100),
      getOutHasColors: () => place.color,
      getErrHasColors: () => place.color,
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (text) => (place.color ? `\u001b[1m${text}\u001b[0m` : text),
    })
    .addHelpText('after', HELP)
  addLogin(program, place)
  addLogout(program, place)
  addWhoami(program, place)
  addDoctor(program, place)
  addKeys(program, place)
  addServiceAccounts(program, place)
  addUsage(program, place)
  addPricing(program, place)
  return program
}

const HELP = `
Environment:
  FRUXON_TOKEN       a token, used as it is (FRUXON_API_KEY is its older name)
  FRUXON_ORG         slug or id of the organization
  FRUXON_BASE_URL    address of the API
  FRUXON_AGENT_MODE  1: JSON, no questions, no browser; so do CLAUDECODE and CI
  FRUXON_HOME        where credentials are kept (~/.fruxon)
  NO_COLOR           no colours

Examples:
  fruxon login
  fruxon keys list
  fruxon usage cost support-bot --from 7d
  fruxon doctor`
