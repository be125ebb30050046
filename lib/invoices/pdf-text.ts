import { isRightToLeft, visualOrder } from '@/lib/invoices/pdf-direction'
import { geistFile, WEIGHTS, type Weight } from '@/lib/invoices/pdf-font-files'

/** How a piece of text is set. */
export interface TextStyle {
  size: number
  weight: Weight
  color: string
  /** Digits of one width, so that amounts stand under each other. */
  tabular?: boolean
}

/** Text that one font can set. */
interface Run {
  font: string
  text: string
  width: number
}

/** A line as it is set. */
export interface SetLine {
  runs: Run[]
  width: number
}

/** What no font has is shown so; readers and copies get the character itself. */
const REPLACEMENT = '?'

const SMALLEST = 5
/** Characters that a broken word leaves for its last line, where it has marks to be broken at. */
const LEFT_OVER_MIN = 4

/** Which characters a font can set: pdfkit keeps its fontkit font here. */
interface OpenedFont {
  font: { hasGlyphForCodePoint(codePoint: number): boolean }
}

/** Sets text in Geist, and in fonts of the installation where Geist lacks a character. */
export class TextSetter {
  readonly #doc: PDFKit.PDFDocument
  readonly #fallbacks: readonly string[]
  readonly #fonts = new Map<string, OpenedFont['font']>()
  readonly #lines = new Map<string, SetLine[]>()

  /** @param fallbacks font files, asked in this order */
  constructor(doc: PDFKit.PDFDocument, fallbacks: readonly string[]) {
    this.#doc = doc
    this.#fallbacks = fallbacks
    for (const weight of WEIGHTS) this.#open(weight, geistFile(weight))
    for (const file of fallbacks) this.#open(file, file)
  }

  /** Lines no wider than the width. A word that is wider is broken, after a mark where it has one. */
  lines(text: string, style: TextStyle, width: number): SetLine[] {
    const key = JSON.stringify([text, style, width])
    const known = this.#lines.get(key)
    if (known) return known
    const lines = this.#wrapped(clean(text), style, width).map((line) => this.#set(line, style))
    this.#lines.set(key, lines)
    return lines
  }

  /** The style, or a smaller one in which the text fits on one line, as long as it can still be read. */
  fitted(text: string, style: TextStyle, width: number): TextStyle {
    const whole = this.lines(text, style, Number.POSITIVE_INFINITY)[0]?.width ?? 0
    if (whole <= width) return style
    const size = Math.floor((style.size * width * 100) / whole) / 100
    return size < SMALLEST ? style : { ...style, size }
  }

  /** @param more whether text of the same element follows, from which the space tells it apart */
  draw({ runs }: SetLine, style: TextStyle, at: { x: number; y: number }, more: boolean): void {
    let { x } = at
    for (const [place, { font, text, width }] of runs.entries()) {
      this.#doc.font(font).fontSize(style.size).fillColor(style.color)
      const parted = more && place === runs.length - 1 && !isRightToLeft(text)
      this.#doc.text(parted ? `${text} ` : text, x, at.y + style.size, {
        lineBreak: false,
        ...featuresOf(style),
        // Fonts differ in how far they reach above the line they stand on.
        baseline: 'alphabetic',
      })
      x += width
    }
  }

  /** The text itself where not all of it can be set, else null. */
  replaced(text: string): string | null {
    const whole = clean(text)
    const all = [...whole].every((character) => this.#fontOf(character, 'Regular') !== null)
    return all ? null : whole
  }

  #wrapped(text: string, style: TextStyle, width: number): string[] {
    const fits = (line: string) => this.#set(line, style).width <= width
    const lines: string[] = []
    let line = ''
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (fits(longer)) {
        line = longer
        continue
      }
      if (line !== '') lines.push(line)
      line = word
      while (!fits(line)) {
        const part = brokenPart(line, fits)
        lines.push(part)
        line = line.slice(part.length)
      }
    }
    return [...lines, line]
  }

  #set(text: string, style: TextStyle): SetLine {
    const runs: Run[] = []
    for (const word of text.split(/(?<= )/)) {
      const own = this.#fontOfWord(word.trimEnd(), style.weight)
      for (const character of word) {
        const font = character === ' ' || !own ? this.#fontOf(character, style.weight) : own
        const shown = font === null ? REPLACEMENT : character
        const last = runs.at(-1)
        if (last && last.font === (font ?? style.weight)) last.text += shown
        else runs.push({ font: font ?? style.weight, text: shown, width: 0 })
      }
    }
    for (const run of runs) {
      this.#doc.font(run.font).fontSize(style.size)
      run.width = this.#doc.widthOfString(run.text, featuresOf(style))
    }
    const width = runs.reduce((sum, run) => sum + run.width, 0)
    return { runs: visualOrder(runs), width }
  }

  /** One for all of a word where there is one: Geist has some letters of scripts that it lacks. */
  #fontOfWord(word: string, weight: Weight): string | null {
    const fonts = [weight, ...this.#fallbacks]
    return fonts.find((font) => [...word].every((one) => this.#has(font, one))) ?? null
  }

  #fontOf(character: string, weight: Weight): string | null {
    return [weight, ...this.#fallbacks].find((font) => this.#has(font, character)) ?? null
  }

  #has(font: string, character: string): boolean {
    return this.#fonts.get(font)?.hasGlyphForCodePoint(character.codePointAt(0) ?? 0) ?? false
  }

  #open(name: string, file: string): void {
    this.#doc.registerFont(name, file)
    const { font } = (this.#doc.font(name) as unknown as { _font: OpenedFont })._font
    this.#fonts.set(name, font)
  }
}

function featuresOf({ tabular }: TextStyle): { features?: PDFKit.Mixins.OpenTypeFeatures[] } {
  // Without the option pdfkit remembers how words are laid out.
  return tabular ? { features: ['tnum'] } : {}
}

/** As much of a word as fits; at least a character. */
function brokenPart(word: string, fits: (part: string) => boolean): string {
  const characters = [...word]
  let length = 1
  while (length < characters.length && fits(characters.slice(0, length + 1).join(''))) length++
  const part = characters.slice(0, length).join('')
  // A mark behind which little is left of the word is passed over.
  const left = Math.max(0, LEFT_OVER_MIN - (word.length - part.length))
  const mark = /^.*[-./:@_,]/u.exec(part.slice(0, part.length - left))?.[0] ?? ''
  return mark.length * 2 > part.length ? mark : part
}

/** One line of text, composed, without what cannot be seen. */
function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
}
