import Link from 'next/link'
import { cn } from '@/components/ui/class-names'
import type { Budget } from '@/lib/budgets/model'
import { spendingHref, spentWords } from './budget-words'

export type SpentLinkProps = { budget: Budget; className: string }

/** What is spent of a budget, leading to what it was spent on. */
export function SpentLink({ budget, className }: SpentLinkProps) {
  return (
    <Link
      href={spendingHref(budget)}
      prefetch={false}
      className={cn('w-fit rounded-sm underline-offset-4 hover:underline', className)}
    >
      {spentWords(budget)}
    </Link>
  )
}
