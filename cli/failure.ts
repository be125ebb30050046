/** The exit codes of the command (its contract with whatever drives it). */
export const EXIT = {
  ok: 0,
  generic: 1,
  usage: 2,
  auth_required: 10,
  not_found: 11,
  validation: 12,
  conflict: 13,
  server_error: 14,
  network_error: 15,
  interactive_required: 16,
} as const

/** An end of the command that was to be expected: told in words, without a stack. */
export class Failure extends Error {
  readonly exitCode: number

  /** @param hint what to do about it */
  constructor(
    readonly code: Exclude<keyof typeof EXIT, 'ok'>,
    message: string,
    readonly hint?: string,
  ) {
    super(message)
    this.exitCode = EXIT[code]
  }
}

export const usage = (message: string, hint?: string) => new Failure('usage', message, hint)
