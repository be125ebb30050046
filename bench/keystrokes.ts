import type { Page } from '@playwright/test'

/** What one keystroke in a search field cost, in ms since the browser took the key. */
export interface Keystroke {
  key: string
  /** Until the frame with the typed text was on the screen. */
  echoMs: number
  /** Until the frame with the last change of the list was; null where the list stayed as it was. */
  listMs: number | null
}

/** The list is done by then, and so is what the page does 250 ms after the last key. */
const SETTLE_MS = 400

/**
 * Types each text letter by letter into the focused field, and takes it back letter by letter.
 * @param list selects what the field filters
 */
export async function typeAndTime(
  page: Page,
  list: string,
  texts: readonly string[],
): Promise<Keystroke[]> {
  // tsx wraps named functions in a call of its own, which the page does not know.
  await page.evaluate('globalThis.__name ??= (named) => named')
  await page.evaluate(watchKeystrokes, list)
  const strokes: Keystroke[] = []
  for (const text of texts) {
    for (const key of [...text, ...Array.from(text, () => 'Backspace')]) {
      await page.keyboard.press(key)
      await page.waitForTimeout(SETTLE_MS)
      const times = await page.evaluate(() => window.keystroke)
      strokes.push({ key, ...times })
    }
  }
  return strokes
}

declare global {
  interface Window {
    keystroke: { echoMs: number; listMs: number | null }
  }
}

/** Runs in the page, and therefore names nothing outside of itself. */
function watchKeystrokes(list: string): void {
  // The frame callback runs before its frame is painted, the message it sends after that.
  const afterPaint = (act: (now: number) => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => act(performance.now())
      port2.postMessage(null)
    })
  let typedAt = 0
  addEventListener(
    'keydown',
    (event) => {
      typedAt = event.timeStamp
      window.keystroke = { echoMs: 0, listMs: null }
      afterPaint((now) => {
        window.keystroke.echoMs = now - typedAt
      })
    },
    { capture: true },
  )
  new MutationObserver(() =>
    afterPaint((now) => {
      window.keystroke.listMs = now - typedAt
    }),
  ).observe(document.querySelector(list) ?? document.body, {
    childList: true,
    characterData: true,
    subtree: true,
  })
}
