import type { ActionResult } from '@/app/_session/action-result'
import type { FormState } from '@/components/settings/form-state'

/** What is the form's own: which names it sends, and what happens besides the action. */
interface FormFacts<Before extends string[], Name extends string, Data> {
  /** The schema of the action: its names are read, and nothing else that browsers or React send. */
  schema: { shape: Record<Name, unknown> }
  /** Names of the hidden fields that the action takes before its input, such as the organization. */
  before?: { [Index in keyof Before]: string }
  /** Names of what comes back to the form, as texts; never of a password. */
  keep?: readonly string[] | ((input: Record<Name, string>, ...before: Before) => readonly string[])
  /** Where it went through, such as a redirect. */
  done?: (data: Data) => void
}

/**
 * The same server action for a form that the browser sends on its own, without scripts: reads its fields,
 * calls the action, and answers with what the page is made with next (`useActionState`).
 *
 * Nothing may be bound to what it returns. React asks a bound action for its arguments before it can match
 * the form that was sent; a component binds anew whenever React asks, and the page would never end.
 * @param action everything is checked by it
 */
export function formOf<Before extends string[], Name extends string, Data>(
  action: (...call: [...Before, input: Record<Name, string>]) => Promise<ActionResult<Data>>,
  facts: FormFacts<Before, Name, Data>,
): (latest: FormState, form: FormData) => Promise<FormState> {
  const { schema, keep = [], done } = facts
  return async (_latest, sent) => {
    // Whoever calls it without a form sends whatever they like.
    const form = sent instanceof FormData ? sent : new FormData()
    const before = (facts.before ?? []).map((name) => textAt(form, name) ?? '') as Before
    const input = textsOf(form, Object.keys(schema.shape)) as Record<Name, string>
    const result = await action(...before, input)
    if (result.ok) done?.(result.data)
    return {
      problem: result.ok ? null : result.problem,
      saved: result.ok,
      values: textsOf(form, typeof keep === 'function' ? keep(input, ...before) : keep),
    }
  }
}

/** The fields that the form has; the action's schema says what is missing. */
function textsOf(form: FormData, names: readonly string[]): Record<string, string> {
  const fields = names.map((name) => [name, textAt(form, name)] as const)
  return Object.fromEntries(
    fields.filter((field): field is [string, string] => field[1] !== undefined),
  )
}

function textAt(form: FormData, name: string): string | undefined {
  const value = form.get(name)
  return typeof value === 'string' ? value : undefined
}
