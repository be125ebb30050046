/** What a browser is answered: a page, or where to go on. */
export type PageAnswer = { status: 200 | 404; html: string } | { status: 303; location: string }

/** A text that is HTML already. */
class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Value = string | number | Html | readonly Html[] | null

/** HTML in which whatever is put in stays text, unless it was made by this too. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const text = parts.map((part, place) => part + textOf(values[place] ?? null)).join('')
  return new Html(text)
}

function textOf(value: Value): string {
  if (value === null) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'object') return value.map(({ text }) => text).join('')
  return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A page that nobody can take for Stripe's. */
export function pageOf(title: string, content: Html): PageAnswer {
  const whole = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stripe fake: ${title}</title>
<link rel="icon" href="data:,">
<style>
body { font: 16px/1.5 sans-serif; max-width: 32rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff }
label, li { display: block; padding: 0.25rem 0 }
button { font: inherit; padding: 0.25rem 1rem }
</style>
</head>
<body>
<main>
<h1>Stripe fake: ${title}</h1>
<p>This page stands in for Stripe in tests. No money moves.</p>
${content}
</main>
</body>
</html>`
  return { status: 200, html: whole.text }
}

export function notFound(): PageAnswer {
  const page = pageOf('nothing here', html`<p>There is no such page, or it is over.</p>`)
  return 'html' in page ? { status: 404, html: page.html } : page
}

export function goTo(location: string): PageAnswer {
  return { status: 303, location }
}

/** A way back to the site that sent the visitor; nothing where that is not known. */
export function backLink(url: string | null): Html {
  return url === null ? html`` : html`<p><a href="${url}">Back</a></p>`
}

export function money(cents: number, currency: string): string {
  return `${(cents / 100).toFixed(2)} ${currency.toUpperCase()}`
}
