const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u

/** Whether the text is of a script that is written from the right. */
export function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text)
}

/**
 * Pieces of a line from the left to the right. Words that are written from the right stand in turn from the right,
 * with what separates them; what is within a word is the font's matter.
 */
export function visualOrder<Piece extends { text: string }>(pieces: readonly Piece[]): Piece[] {
  const ordered: Piece[] = []
  let words: Piece[] = []
  let spaces: Piece[] = []
  for (const piece of pieces) {
    if (isRightToLeft(piece.text)) {
      words = [piece, ...spaces.reverse(), ...words]
      spaces = []
    } else if (words.length > 0 && piece.text.trim() === '') spaces.push(piece)
    else {
      ordered.push(...words, ...spaces, piece)
      words = []
      spaces = []
    }
  }
  return [...ordered, ...words, ...spaces]
}
