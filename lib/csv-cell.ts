/** RFC 4180; a cell that a spreadsheet would run as a formula is made plain text by a leading quote. */
export function csvCell(value: string): string {
  const plain = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
