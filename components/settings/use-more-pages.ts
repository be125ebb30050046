'use client'

import { useState, useTransition } from 'react'
import { attempt, type Outcome } from './action-outcome'

type PageOf<Item> = { items: Item[]; nextPageToken: string }

/** A list that grows page by page from the one that came with the document. Give its owner a key per filter. */
export function useMorePages<Item>(
  firstPage: PageOf<Item>,
  load: (pageToken: string) => Promise<Outcome<PageOf<Item>>>,
) {
  const [later, setLater] = useState<PageOf<Item>[]>([])
  const [failure, setFailure] = useState<string | null>(null)
  const [loading, startTransition] = useTransition()
  const { nextPageToken } = later.at(-1) ?? firstPage
  function more() {
    startTransition(async () => {
      const loaded = await attempt(() => load(nextPageToken))
      setFailure(loaded.ok ? null : loaded.problem.message)
      if (loaded.ok) setLater((pages) => [...pages, loaded.data])
    })
  }
  return {
    items: [firstPage, ...later].flatMap((page) => page.items),
    /** In words; null while nothing went wrong. */
    failure,
    loading,
    /** Null at the end. */
    loadMore: nextPageToken === '' ? null : more,
  }
}
