import type { FieldError } from '@/lib/errors'

/** What server actions answer with; the parts of a problem that these components look at. */
export interface ActionProblem {
  code: string
  message: string
  errors: readonly FieldError[]
  requestId?: string | undefined
}

export type Outcome<T> = { ok: true; data: T } | { ok: false; problem: ActionProblem }

/** The connection failed before an answer came: nobody knows whether the act was done. */
export const UNREACHABLE = 'unreachable'

/** An action call that never rejects: a lost connection becomes a problem like any other. */
export async function attempt<T>(call: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await call()
  } catch {
    return {
      ok: false,
      problem: {
        code: UNREACHABLE,
        message: 'The server could not be reached. Check the connection and try again.',
        errors: [],
      },
    }
  }
}

/** The first complaint about one of these JSON pointers, or about anything below it. */
export function errorAt(problem: ActionProblem | null, ...pointers: string[]): string | undefined {
  return problem?.errors.find((error) =>
    pointers.some(
      (pointer) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`),
    ),
  )?.detail
}
