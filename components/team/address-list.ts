/** E-mail addresses out of whatever was pasted. */

/** As in "Berg, Linus" <linus@example.com>: the name may hold the very signs that separate addresses. */
const NAMED = /(?:"[^"]*"|[^<>,;\n"])*<([^<>\s]+)>/g
const SEPARATORS = /[\s,;]+/
const ADDRESS = /^[^\s@"(),:;<>[\]\\]+@[^\s@.,;]+(?:\.[^\s@.,;]+)+$/
const ADDRESS_MAX = 254

/** What was listed, each once, in lower case; also what is no address, so that it can be mended. */
export function parseAddressList(text: string): string[] {
  const bare = text.replaceAll(NAMED, (_named, address: string) => ` ${address} `)
  const listed = bare.split(SEPARATORS).map((part) => part.trim().toLowerCase())
  return [...new Set(listed.filter((part) => part !== ''))]
}

/** A first look, for marking at once; the server decides. */
export function isAddress(text: string): boolean {
  return text.length <= ADDRESS_MAX && ADDRESS.test(text)
}

/** True once something is finished: an address with a separator after it, or several. */
export function endsAddress(text: string): boolean {
  return (
    /[,;\n]/.test(text.replaceAll(/"[^"]*"/g, '')) || /\S\s+$/.test(text.replaceAll(NAMED, ' '))
  )
}
