import type { InboxPage } from '@/lib/notifications/inbox'

/**
 * The first page as it is now, above what was loaded after it. What is no longer on it although it is
 * young enough has gone (from the unread ones, by being read elsewhere); what was read here stays, so that
 * no row goes from under the pointer.
 */
export function withFirstPage(
  shown: InboxPage,
  first: InboxPage,
  readHere: ReadonlySet<string>,
): InboxPage {
  const oldest = first.items.at(-1)?.id
  const onFirst = new Set(first.items.map(({ id }) => id))
  const isBelow = (id: string) => first.nextPageToken !== '' && oldest !== undefined && id < oldest
  const kept = shown.items.filter(({ id }) => !onFirst.has(id) && (isBelow(id) || readHere.has(id)))
  const hasLater = kept.some(({ id }) => isBelow(id))
  return {
    // Ids grow with time.
    items: [...first.items, ...kept].sort((one, other) => (one.id < other.id ? 1 : -1)),
    nextPageToken: hasLater ? shown.nextPageToken : first.nextPageToken,
  }
}

/** One page more, below. */
export function withNextPage(shown: InboxPage, next: InboxPage): InboxPage {
  const known = new Set(shown.items.map(({ id }) => id))
  return {
    items: [...shown.items, ...next.items.filter(({ id }) => !known.has(id))],
    nextPageToken: next.nextPageToken,
  }
}
