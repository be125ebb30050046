/** Pure rules of a person's own account; isomorphic. */

export interface NameParts {
  firstName: string
  lastName: string
}

/**
 * A display name as the two fields that older clients know: the last word is the last name, what is before it
 * the first name; of one word, the last name is empty.
 */
export function namePartsOf(displayName: string): NameParts {
  const words = displayName.trim().split(/\s+/)
  const lastName = words.length > 1 ? (words.pop() ?? '') : ''
  return { firstName: words.join(' '), lastName }
}

/** The display name that the two fields make. */
export function displayNameOf({ firstName, lastName }: NameParts): string {
  return `${firstName} ${lastName}`.trim()
}
