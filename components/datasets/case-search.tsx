'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { SearchInput } from '@/components/ui/search-input'

const DELAY_MS = 250

/** Looks through all words of all cases, also where the list shows only their beginning. */
export function CaseSearch({ search }: { search: string }) {
  const router = useRouter()
  const path = usePathname()
  const [typed, setTyped] = useState(search)
  const [pending, startTransition] = useTransition()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // Leaving the page must not lead back to it.
  useEffect(() => () => clearTimeout(timer.current), [])
  function change(text: string) {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const query = new URLSearchParams(text.trim() ? { q: text.trim() } : {})
      startTransition(() => router.replace(query.size > 0 ? `${path}?${query}` : path))
    }, DELAY_MS)
  }
  return (
    <SearchInput
      label="Search cases"
      placeholder="Search in all words"
      value={typed}
      onValueChange={change}
      maxLength={200}
      pending={pending}
    />
  )
}
