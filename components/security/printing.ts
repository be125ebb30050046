/**
 * Prints lines of text alone, without the page around them.
 * @returns takes the text out of the page again; until then the browser may still be printing it
 */
export function printText(title: string, lines: readonly string[]): () => void {
  const frame = document.createElement('iframe')
  frame.className = 'sr-only'
  frame.ariaHidden = 'true'
  document.body.append(frame)
  const { contentWindow, contentDocument } = frame
  if (contentWindow && contentDocument) {
    contentDocument.title = title
    const text = contentDocument.createElement('pre')
    text.textContent = lines.join('\n')
    text.style.fontSize = '14pt'
    text.style.lineHeight = '1.8'
    contentDocument.body.append(text)
    contentWindow.addEventListener('afterprint', () => frame.remove())
    contentWindow.print()
  }
  return () => frame.remove()
}
