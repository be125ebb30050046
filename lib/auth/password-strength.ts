import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

/** How hard a password is to guess. Isomorphic: the meter and the server say the same. */

/** Of 0 to 4; about 10^8 guesses and more. */
export const PASSWORD_MIN_SCORE = 3

export interface PasswordStrength {
  score: 0 | 1 | 2 | 3 | 4
  /** What is wrong, where something is. */
  warning: string | null
  suggestions: string[]
}

/** What a guesser would try first for this person. */
export interface PersonalWords {
  displayName: string
  email: string
  organizationNames: readonly string[]
}

const MIN_WORD = 3
let estimator: Promise<ZxcvbnFactory> | undefined

/** The dictionaries are large: loaded with the first password. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  })
}

/** Estimates a password of at most 72 bytes (`newPasswordSchema`): longer ones cost time. */
export async function passwordStrength(
  password: string,
  person: PersonalWords,
): Promise<PasswordStrength> {
  estimator ??= loadEstimator().catch((error: unknown) => {
    // The next keystroke tries again.
    estimator = undefined
    throw error
  })
  const { score, feedback } = (await estimator).check(password, personalWords(person))
  return { score, warning: feedback.warning, suggestions: feedback.suggestions }
}

/** Whole names, their parts and what they are when written together: each is tried first. */
function personalWords({ displayName, email, organizationNames }: PersonalWords): string[] {
  const whole = [displayName, email, ...organizationNames]
  const parts = whole.map((text) => text.split(/[^\p{L}\p{N}]+/u))
  const words = [...whole, ...parts.flat(), ...parts.map((part) => part.join(''))]
  return [...new Set(words)].filter((word) => word.length >= MIN_WORD)
}

/** What to tell somebody whose password is too weak, or null where it is strong enough. */
export function weaknessOf({ score, warning, suggestions }: PasswordStrength): string | null {
  if (score >= PASSWORD_MIN_SCORE) return null
  return [warning ?? 'This password is easy to guess.', ...suggestions].join(' ')
}
