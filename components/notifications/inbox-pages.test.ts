import { describe, expect, it } from 'vitest'
import type { InboxItem, InboxPage } from '@/lib/notifications/inbox'
import { withFirstPage, withNextPage } from './inbox-pages'

const NOTHING: ReadonlySet<string> = new Set()

function page(ids: string, nextPageToken = ''): InboxPage {
  return { items: [...ids].map((id) => ({ id }) as InboxItem), nextPageToken }
}
const idsOf = ({ items }: InboxPage) => items.map(({ id }) => id).join('')

describe('the pages of an inbox', () => {
  it('keep what was loaded below when something new comes on top', () => {
    const shown = withNextPage(page('fed', 'after-d'), page('cba'))
    const renewed = withFirstPage(shown, page('gfe', 'after-e'), NOTHING)
    expect(idsOf(renewed)).toBe('gfedcba')
    expect(renewed.nextPageToken).toBe('')
  })

  it('lose what has gone from the first page', () => {
    expect(idsOf(withFirstPage(page('fed', 'after-d'), page('fdc', 'after-c'), NOTHING))).toBe(
      'fdc',
    )
    expect(idsOf(withFirstPage(page('fed'), page('f'), NOTHING))).toBe('f')
    expect(idsOf(withFirstPage(page('fed'), page(''), NOTHING))).toBe('')
  })

  it('keep what was read here, in its place', () => {
    expect(idsOf(withFirstPage(page('fed'), page('gfd'), new Set('e')))).toBe('gfed')
  })

  it('go on where the last one ended', () => {
    const renewed = withFirstPage(page('fed', 'after-d'), page('gfe', 'after-e'), NOTHING)
    expect(idsOf(renewed)).toBe('gfed')
    expect(renewed.nextPageToken).toBe('after-d')
    expect(withFirstPage(page(''), page('b', 'after-b'), NOTHING).nextPageToken).toBe('after-b')
  })
})
