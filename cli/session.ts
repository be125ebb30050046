import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { Client, type Request } from './client'
import { Failure } from './failure'
import { Output } from './output'
import {
  formatOf,
  type GlobalFlags,
  readSettings,
  requireSignedIn,
  type Settings,
} from './settings'
import type { Surroundings } from './surroundings'

/** One run of one command: what was asked, where, and with whose token. */
export class Session {
  readonly out: Output

  constructor(
    readonly flags: GlobalFlags,
    readonly place: Surroundings,
  ) {
    this.out = new Output(formatOf(flags, place).value, place)
  }

  settings(): Promise<Settings> {
    return readSettings(this.flags, this.place)
  }

  /** Calls in the organization. @throws Failure where nobody is signed in */
  async organization(): Promise<OrganizationCalls> {
    const settings = await this.settings()
    const { token, workspace } = requireSignedIn(settings)
    return new OrganizationCalls(new Client(settings.baseUrl.value, token), workspace, settings)
  }

  /**
   * Before what cannot be taken back: `--yes`, or a yes at the keyboard.
   * @throws Failure interactive_required where there is nobody to ask
   */
  async confirm(question: string): Promise<void> {
    if (this.flags.yes) return
    if (!this.place.interactive) {
      throw new Failure('interactive_required', `${question} Nobody is here to ask.`, 'Say --yes.')
    }
    const reader = createInterface({ input: process.stdin, output: process.stderr })
    const answer = await reader.question(`${question} [y/N] `).finally(() => reader.close())
    if (!/^y(?:es)?$/i.test(answer.trim())) throw new Failure('generic', 'Nothing was done.')
  }
}

export class OrganizationCalls {
  constructor(
    readonly client: Client,
    readonly workspace: string,
    private readonly settings: Settings,
  ) {}

  call<T>(path: string, request?: Request): Promise<T> {
    return this.client.call<T>(`/v1/tenants/${encodeURIComponent(this.workspace)}${path}`, request)
  }

  /** Items of a list that comes in pages, up to `limit`. */
  async items<T>(path: string, limit: number, query: Request['query'] = {}): Promise<T[]> {
    const items: T[] = []
    let pageToken: string | undefined
    do {
      const pageSize = Math.min(200, limit - items.length)
      const page = await this.call<{ items: T[]; nextPageToken: string }>(path, {
        query: { ...query, pageSize, pageToken },
      })
      items.push(...page.items)
      pageToken = page.nextPageToken || undefined
    } while (pageToken && items.length < limit)
    return items.slice(0, limit)
  }

  /** A page of the dashboard in this organization. */
  page(path: string): string {
    const { kept, baseUrl } = this.settings
    const origin = kept?.dashboardUrl ?? new URL(baseUrl.value).origin
    return `${origin}/${encodeURIComponent(kept?.slug ?? this.workspace)}${path}`
  }
}

/** Makes a command's action of a function that takes its run. */
export function running<Arguments extends unknown[]>(
  place: Surroundings,
  work: (session: Session, ...args: Arguments) => Promise<void>,
) {
  return async (...given: unknown[]) => {
    const command = given.pop() as Command
    await work(new Session(command.optsWithGlobals<GlobalFlags>(), place), ...(given as Arguments))
  }
}
