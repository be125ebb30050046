const FILLS = [
  'fill-chart-1',
  'fill-chart-2',
  'fill-chart-3',
  'fill-chart-4',
  'fill-chart-5',
  'fill-chart-6',
  'fill-chart-7',
  'fill-chart-8',
]

/** Names a part of the strip by its colour, beside its name. @param index among those that count */
export function WeightSwatch({ index }: { index: number }) {
  return (
    <svg aria-hidden className="size-2.5 shrink-0">
      <rect width="100%" height="100%" rx="2" className={FILLS[index % FILLS.length]} />
    </svg>
  )
}

export type WeightBarProps = {
  parts: readonly { id: string; name: string; share: number }[]
}

/** Shares of a hundred in one strip. Drawn as SVG: widths are attributes, so a strict style policy keeps them. */
export function WeightBar({ parts }: WeightBarProps) {
  const shown = parts.filter(({ share }) => share > 0)
  const label = shown.map(({ name, share }) => `${name} ${share}%`).join(', ')
  let start = 0
  const placed = shown.map((part) => {
    const from = start
    start += part.share
    return { ...part, from }
  })
  return (
    <div className="h-3 w-full overflow-hidden rounded-full bg-neutral-soft">
      <svg role="img" aria-label={label || 'Nothing counts'} className="block size-full">
        {placed.map(({ id, name, share, from }, index) => (
          <rect
            key={id}
            x={`${from}%`}
            width={`${share}%`}
            height="100%"
            className={FILLS[index % FILLS.length]}
          >
            <title>{`${name} ${share}%`}</title>
          </rect>
        ))}
      </svg>
    </div>
  )
}
