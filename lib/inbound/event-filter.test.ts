import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  EVENT_FILTER_MAX,
  EVENT_PATTERNS_MAX,
  filterComplaint,
  normalFilter,
  patternsOf,
  takesEvent,
} from '@/lib/inbound/event-filter'

const word = fc.stringMatching(/^[a-zA-Z0-9_/:-]{1,12}$/)
const type = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('.'))
const pattern = fc.tuple(type, fc.boolean()).map(([name, whole]) => (whole ? name : `${name}.*`))
const filter = fc
  .array(pattern, { minLength: 1, maxLength: 5 })
  .map((patterns) => patterns.join(','))

describe('a filter of events', () => {
  it('takes a type by its name or by how it begins, and nothing else', () => {
    const cases: [string | null, string | null, boolean][] = [
      ['push', 'push', true],
      ['push', 'push.created', false],
      ['push', 'Push', false],
      ['invoice.*', 'invoice.paid', true],
      ['invoice.*', 'invoice', false],
      ['invoice.*', 'invoice.payment.failed', true],
      ['invoice.*', 'invoiceitem.created', false],
      ['pull_request*', 'pull_request_review.submitted', true],
      [' push ,, invoice.* ', 'invoice.paid', true],
      ['push', null, false],
      [null, null, true],
      [null, 'anything', true],
      ['', 'anything', true],
    ]
    for (const [given, eventType, taken] of cases) {
      expect(takesEvent(given, eventType), `${given} ${eventType}`).toBe(taken)
    }
  })

  it('says what is wrong with one', () => {
    expect(filterComplaint('*')).toContain('leave the filter empty')
    expect(filterComplaint('a.*.b')).toContain('at the end only')
    expect(filterComplaint('a**')).toContain('at the end only')
    expect(filterComplaint('a\nb')).toContain('punctuation')
    expect(filterComplaint('a\ud800')).toContain('punctuation')
    expect(filterComplaint('a'.repeat(101))).toContain('100')
    expect(filterComplaint('a'.repeat(EVENT_FILTER_MAX + 1))).toContain(`${EVENT_FILTER_MAX}`)
    const many = Array.from({ length: EVENT_PATTERNS_MAX + 1 }, (_, n) => `a${n}`).join()
    expect(filterComplaint(many)).toContain(`${EVENT_PATTERNS_MAX}`)
    expect(filterComplaint('push, invoice.*')).toBeNull()
  })

  it('means the same once it is written as it is kept, and stays as it is then', () => {
    fc.assert(
      fc.property(filter, type, (given, eventType) => {
        const kept = normalFilter(given)
        expect(normalFilter(kept)).toBe(kept)
        expect(takesEvent(kept, eventType)).toBe(takesEvent(given, eventType))
      }),
    )
  })

  it('takes what one of its patterns takes alone, so that one more never takes less', () => {
    fc.assert(
      fc.property(filter, type, (given, eventType) => {
        const alone = patternsOf(given).some((one) => takesEvent(one, eventType))
        expect(takesEvent(given, eventType)).toBe(alone)
        expect(takesEvent(`${given}, ${eventType}`, eventType)).toBe(true)
        expect(takesEvent(`${eventType}.*`, `${eventType}.more`)).toBe(true)
      }),
    )
  })
})
