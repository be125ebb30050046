import { invalidRequest } from '@/lib/testing/stripe-fake/refusal'

interface Form {
  [name: string]: string | Form
}

/** What a request asks for: the form encoding of the API, with `a[b][0][c]` for parts. */
export class Params {
  readonly #form: Form

  constructor(form: Form = {}) {
    this.#form = form
  }

  static parse(text: string): Params {
    const form: Form = {}
    for (const [key, value] of new URLSearchParams(text)) {
      const path = key.split(/[[\]]+/).filter((part) => part !== '')
      let place = form
      for (const part of path.slice(0, -1)) {
        const inner = place[part]
        place = typeof inner === 'object' ? inner : place
        if (typeof inner !== 'object') {
          const made: Form = {}
          place[part] = made
          place = made
        }
      }
      const last = path.at(-1) ?? key
      // `expand[]=a&expand[]=b` has no numbers of its own.
      if (key.endsWith('[]')) appendTo(place, last, value)
      else place[last] = value
    }
    return new Params(form)
  }

  get names(): string[] {
    return Object.keys(this.#form)
  }

  has(name: string): boolean {
    return this.#form[name] !== undefined
  }

  text(name: string): string | undefined {
    const value = this.#form[name]
    return typeof value === 'string' ? value : undefined
  }

  required(name: string): string {
    const value = this.text(name)
    if (value) return value
    throw invalidRequest(`Missing required param: ${name}.`, name, 'parameter_missing')
  }

  whole(name: string): number | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    if (!/^-?\d+$/.test(value)) throw invalidRequest(`Invalid integer: ${value}`, name)
    return Number(value)
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    if (value !== 'true' && value !== 'false') throw invalidRequest('Invalid boolean', name)
    return value === 'true'
  }

  part(name: string): Params | undefined {
    const value = this.#form[name]
    return typeof value === 'object' ? new Params(value) : undefined
  }

  list(name: string): Params[] {
    const value = this.#form[name]
    if (typeof value !== 'object') return []
    return Object.values(value).map((one) => new Params(typeof one === 'string' ? {} : one))
  }

  texts(name: string): string[] {
    const value = this.#form[name]
    if (typeof value !== 'object') return []
    return Object.values(value).filter((one) => typeof one === 'string')
  }

  /** The texts by their names, as metadata is. */
  map(name: string): Record<string, string> {
    const value = this.#form[name]
    if (typeof value !== 'object') return {}
    return Object.fromEntries(
      Object.entries(value).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    )
  }
}

function appendTo(place: Form, name: string, value: string): void {
  const list = place[name]
  if (typeof list === 'object') list[Object.keys(list).length] = value
  else place[name] = { 0: value }
}
