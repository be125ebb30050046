import { AbsoluteTime } from '@/components/ui/relative-time'
import { type Budget, isExhausted } from '@/lib/budgets/model'

/** When nothing is left, at the rate of the last seven days. */
export function RunOut({ budget }: { budget: Budget }) {
  if (isExhausted(budget)) return <span className="text-danger-text">Spent</span>
  if (budget.runsOutAt === null) return <span className="text-muted">Not this month</span>
  return <AbsoluteTime at={budget.runsOutAt} dateOnly />
}
