import {
  changedFields,
  type DefinitionField,
  type MetricDefinition,
  type MetricVersion,
} from '@/lib/evaluation-metrics/model'
import { FIELD_WORDS } from './metric-words'
import { TextDiff } from './text-diff'

export type VersionDiffProps = { before: MetricVersion; after: MetricVersion }

/** What differs between two versions, field by field. */
export function VersionDiff({ before, after }: VersionDiffProps) {
  const fields = changedFields(before, after)
  if (fields.length === 0) {
    return <p className="text-muted text-sm">The two say the same.</p>
  }
  return (
    <dl className="flex flex-col gap-5">
      {fields.map((field) => (
        <div key={field} className="flex flex-col gap-1.5">
          <dt className="font-medium text-ink text-sm">{FIELD_WORDS[field]}</dt>
          <dd>
            {field === 'levels' ? (
              <LevelsDiff before={before} after={after} />
            ) : (
              <TextDiff before={textOf(before, field)} after={textOf(after, field)} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function textOf(version: MetricVersion, field: Exclude<DefinitionField, 'levels'>): string {
  return String(version[field] ?? '')
}

/** Level by level, by score: one that came or went is a text against nothing. */
function LevelsDiff({ before, after }: { before: MetricDefinition; after: MetricDefinition }) {
  const scores = [...new Set([...before.levels, ...after.levels].map(({ score }) => score))]
  return (
    <ul className="flex flex-col gap-1">
      {scores
        .sort((one, other) => other - one)
        .map((score) => (
          <li key={score}>
            <TextDiff before={levelText(before, score)} after={levelText(after, score)} />
          </li>
        ))}
    </ul>
  )
}

function levelText({ levels }: MetricDefinition, wanted: number): string {
  const level = levels.find(({ score }) => score === wanted)
  if (!level) return ''
  return [`${level.score} ${level.label}`, level.description].filter(Boolean).join(': ')
}
