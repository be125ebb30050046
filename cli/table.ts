import type { Style } from './output'

export interface Column<T> {
  title: string
  text: (item: T) => string
  right?: boolean
  /** Takes what is left, and is cut first. */
  flexible?: boolean
  /** Never cut: half an id is none. */
  whole?: boolean
  /** Left out where the terminal is narrower than this many columns. */
  from?: number
  style?: (item: T) => Style | undefined
}

const GAP = 2
const FLEXIBLE_MIN = 12

type Paint = (text: string, style: Style) => string

/** Columns under their titles, no wider than the terminal. @param width null: as wide as it gets */
export function tableText<T>(
  items: readonly T[],
  columns: readonly Column<T>[],
  width: number | null,
  paint: Paint,
): string[] {
  const shown = columns.filter(({ from }) => width === null || from === undefined || width >= from)
  const cells = items.map((item) => shown.map(({ text }) => oneLine(text(item))))
  const widths = fitted(shown, cells, width)
  const line = (texts: readonly string[], painted: (text: string, column: number) => string) =>
    texts
      .map((text, index) => {
        const room = widths[index] ?? 0
        const cut = clipped(text, room)
        const space = ' '.repeat(Math.max(0, room - lengthOf(cut)))
        const body = painted(cut, index)
        return shown[index]?.right ? space + body : body + space
      })
      .join(' '.repeat(GAP))
      .trimEnd()
  const head = line(
    shown.map(({ title }) => title.toUpperCase()),
    (text) => paint(text, 'dim'),
  )
  return [
    head,
    ...cells.map((texts, row) =>
      line(texts, (text, index) => {
        const item = items[row]
        const style = item === undefined ? undefined : shown[index]?.style?.(item)
        return style ? paint(text, style) : text
      }),
    ),
  ]
}

function fitted<T>(
  columns: readonly Column<T>[],
  cells: readonly (readonly string[])[],
  width: number | null,
): number[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(lengthOf(title), ...cells.map((row) => lengthOf(row[index] ?? ''))),
  )
  if (width === null) return widths
  const excess = () =>
    widths.reduce((sum, each) => sum + each, 0) + GAP * (widths.length - 1) - width
  // The flexible ones first; if that is not enough, whichever is widest.
  while (excess() > 0) {
    const flexible = columns.flatMap(({ flexible }, index) =>
      flexible && (widths[index] ?? 0) > FLEXIBLE_MIN ? [index] : [],
    )
    const cuttable = columns.flatMap(({ whole }, index) => (whole ? [] : [index]))
    const candidates = flexible.length > 0 ? flexible : cuttable
    const widest = candidates.reduce(
      (a, b) => ((widths[b] ?? 0) > (widths[a] ?? 0) ? b : a),
      candidates[0] ?? 0,
    )
    const room = widths[widest] ?? 0
    if (room <= 4) return widths
    widths[widest] = room - 1
  }
  return widths
}

/** Letters as people count them; wide ones of East Asia as two. */
export function lengthOf(text: string): number {
  let length = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) length += isWide(segment) ? 2 : 1
  return length
}

const isWide = (letter: string) =>
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Extended_Pictographic}/u.test(
    letter,
  )

function clipped(text: string, room: number): string {
  if (lengthOf(text) <= room) return text
  let cut = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (lengthOf(cut + segment) > room - 1) break
    cut += segment
  }
  return `${cut}…`
}

/** A name can hold anything; a line of a table, and the terminal, must not be broken by it. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ')
}
