import { ProgressBar } from '@/components/ui/progress-bar'
import { type Budget, watchedThresholds } from '@/lib/budgets/model'
import { percentWords, spentWords } from './budget-words'

/** From here on a bar warns. */
const WARNING_PERCENT = 80

/** Spent of the amount, with a tick at each threshold. */
export function BudgetBar({ budget, label }: { budget: Budget; label: string }) {
  const { usagePercent } = budget
  return (
    <ProgressBar
      value={usagePercent}
      label={label}
      valueText={`${spentWords(budget)}, ${percentWords(usagePercent)}`}
      tone={toneOf(usagePercent)}
      marks={watchedThresholds(budget).filter((mark) => mark < 100 || usagePercent > mark)}
    />
  )
}

function toneOf(percent: number): 'accent' | 'warning' | 'danger' {
  if (percent >= 100) return 'danger'
  return percent >= WARNING_PERCENT ? 'warning' : 'accent'
}
