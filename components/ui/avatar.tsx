import { AvatarImage } from './avatar-image'
import { cn } from './class-names'

const colors = [
  'bg-avatar-1',
  'bg-avatar-2',
  'bg-avatar-3',
  'bg-avatar-4',
  'bg-avatar-5',
  'bg-avatar-6',
]
const sizeClass = { sm: 'size-6 text-[0.625rem]', md: 'size-8 text-xs', lg: 'size-14 text-xl' }
/** Each is shown at half its size or less, so that it is sharp on any screen. */
const picture = {
  sm: { side: 24, rendition: '64.webp' },
  md: { side: 32, rendition: '64.webp' },
  lg: { side: 56, rendition: '256.webp' },
}

export type AvatarProps = {
  name: string
  /** What picks the colour; the name unless given. */
  seed?: string | undefined
  /** A stored picture in place of the initials. */
  pictureId?: string | null | undefined
  size?: keyof typeof sizeClass | undefined
  /** `square` for organizations and machines, `round` for people. */
  shape?: 'round' | 'square' | undefined
  className?: string | undefined
}

/** Decorative: the name is expected as text beside it. */
export function Avatar({
  name,
  seed = name,
  pictureId = null,
  size = 'md',
  shape = 'round',
  className,
}: AvatarProps) {
  return (
    <span
      aria-hidden
      className={cn(
        'relative inline-flex shrink-0 select-none overflow-hidden font-medium text-avatar-ink',
        shape === 'round' ? 'rounded-full' : 'rounded-md',
        sizeClass[size],
        className,
      )}
    >
      <span className={cn('grid size-full place-items-center', colors[hash(seed) % colors.length])}>
        {initials(name)}
      </span>
      {pictureId ? (
        <AvatarImage
          src={`/pictures/${pictureId}/${picture[size].rendition}`}
          side={picture[size].side}
        />
      ) : null}
    </span>
  )
}

function initials(name: string) {
  const words = name
    .trim()
    .split(/[\s._-]+/)
    .filter(Boolean)
  const first = words.at(0)?.at(0) ?? '?'
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : ''
  return (first + last).toUpperCase()
}

function hash(text: string) {
  // FNV-1a; the last fold mixes the high bits in, which the remainder would ignore.
  let sum = 2166136261
  for (const character of text) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16777619)
  return (sum ^ (sum >>> 15)) >>> 0
}
