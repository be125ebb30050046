import { type Change, diffWordsWithSpace } from 'diff'

export type TextDiffProps = { before: string; after: string }

const REMOVED = 'rounded-xs bg-danger-soft text-danger-text'
const ADDED = 'rounded-xs bg-success-soft text-success-text no-underline'

/** Of texts that share less than this, a mixture of both is harder to read than one after the other. */
const ALIKE = 0.4

function isAlike(parts: readonly Change[], length: number): boolean {
  const shared = parts
    .filter(({ added, removed }) => !added && !removed)
    .reduce((sum, { value }) => sum + value.length, 0)
  return shared >= length * ALIKE
}

/** What went and what came, word by word; readers of screens hear it too. */
export function TextDiff({ before, after }: TextDiffProps) {
  const parts = diffWordsWithSpace(before, after)
  if (!isAlike(parts, Math.max(before.length, after.length))) {
    return (
      <p className="flex max-w-3xl flex-col items-start gap-1 text-sm [overflow-wrap:anywhere]">
        {before ? <del className={REMOVED}>{before}</del> : null}
        {after ? <ins className={ADDED}>{after}</ins> : null}
      </p>
    )
  }
  return (
    <p className="max-w-3xl whitespace-pre-line text-sm leading-relaxed [overflow-wrap:anywhere]">
      {parts.map((part, index) => {
        const key = `${index}`
        if (part.removed) {
          return (
            <del key={key} className={REMOVED}>
              {part.value}
            </del>
          )
        }
        if (part.added) {
          return (
            <ins key={key} className={ADDED}>
              {part.value}
            </ins>
          )
        }
        return (
          <span key={key} className="text-muted">
            {part.value}
          </span>
        )
      })}
    </p>
  )
}
