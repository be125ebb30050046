import type { Outcomes } from '@/lib/evaluations/score'

const PARTS = [
  { key: 'wins', label: 'better', fill: 'fill-success', dot: 'bg-success' },
  { key: 'ties', label: 'as good', fill: 'fill-neutral', dot: 'bg-neutral' },
  { key: 'losses', label: 'worse', fill: 'fill-danger', dot: 'bg-danger' },
] as const

/** In how many cases the candidate was better, as good, or worse. Drawn as SVG: widths are attributes, so a strict style policy keeps them. */
export function OutcomeBar({ outcomes }: { outcomes: Outcomes }) {
  const total = outcomes.wins + outcomes.ties + outcomes.losses
  if (total === 0) return null
  let start = 0
  const placed = PARTS.map((part) => {
    const from = start
    const width = (outcomes[part.key] * 100) / total
    start += width
    return { ...part, from, width, count: outcomes[part.key] }
  })
  const words = placed.map(({ count, label }) => `${count} ${label}`).join(', ')
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="h-3 w-full overflow-hidden rounded-full bg-neutral-soft">
        <svg role="img" aria-label={`Cases of the candidate: ${words}`} className="block size-full">
          {placed.map(({ key, from, width, fill }) => (
            <rect key={key} x={`${from}%`} width={`${width}%`} height="100%" className={fill} />
          ))}
        </svg>
      </div>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-muted text-sm">
        {placed.map(({ key, count, label, dot }) => (
          <li key={key} className="flex items-center gap-2">
            <span aria-hidden className={`size-2 rounded-full ${dot}`} />
            <span className="text-ink tabular-nums">{count}</span> {label}
          </li>
        ))}
      </ul>
    </div>
  )
}
