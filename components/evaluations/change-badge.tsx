import { Badge } from '@/components/ui/badge'
import { changeWords, directionOf } from './evaluation-words'

const TONES = { better: 'success', worse: 'danger', same: 'neutral' } as const
const WORDS = { better: 'better', worse: 'worse', same: 'no change' }

/** Points between candidate and baseline; never by colour alone. */
export function ChangeBadge({ change }: { change: number }) {
  const direction = directionOf(change)
  return (
    <Badge tone={TONES[direction]} className="tabular-nums">
      {changeWords(change)}
      <span className="sr-only">, {WORDS[direction]}</span>
    </Badge>
  )
}
