import type { ActionProblem } from '@/components/settings/action-outcome'

/** What became of a form that the browser sent on its own, without scripts; the page is made with it. */
export interface FormState {
  problem: ActionProblem | null
  saved: boolean
  /** What was typed, by field; passwords never come back. */
  values: Readonly<Record<string, string>>
}

export const NOTHING_SENT: FormState = { problem: null, saved: false, values: {} }

/** The server's side of a form without scripts: give it to the form as its action. */
export type SendForm = (form: FormData) => void
