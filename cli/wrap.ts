import { lengthOf } from './table'

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const PAINT = /\u001b\[[\d;]*m/g

/**
 * Text in lines no wider than the terminal, broken between words; later lines begin `indent` columns in.
 * @param width null: as wide as it gets
 */
export function wrapped(text: string, width: number | null, indent = 0): string {
  if (width === null) return text
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    const room = lines.length === 0 ? width : width - indent
    if (line !== '' && lengthOf(longer.replaceAll(PAINT, '')) > room) {
      lines.push(line)
      line = word
    } else line = longer
  }
  lines.push(line)
  return lines.join(`\n${' '.repeat(indent)}`)
}
