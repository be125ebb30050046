/**
 * Names that are shown to others: of organizations, people, agents and whatever they make. Isomorphic.
 * What cannot be seen would let one name pass for another, or for none, in a list, an e-mail or the audit log. Joiners
 * stay: words of Persian and many emoji are written with them. Tokens are stricter (lib/tokens/limits.ts).
 */

const HIDDEN = /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u

export const ILLEGIBLE = 'Remove the invisible or control characters.'

/** True for a name without hidden characters, and for an empty one, of which others complain. */
export function isLegible(name: string): boolean {
  return !HIDDEN.test(name) && (name.trim() === '' || SEEN.test(name))
}
