/** Enough of an e-mail address for its owner to know it again: "a•••@acme.example". */
export function maskedAddress(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? '•••' : `${[...email][0]}•••${email.slice(at)}`
}
