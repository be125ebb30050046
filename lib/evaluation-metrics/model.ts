/** What an evaluation metric is; isomorphic. Times are epoch ms. */

/** One step of the scale, as the judge reads it. */
export interface Level {
  score: number
  label: string
  description: string
}

/** What a version keeps. */
export interface MetricDefinition {
  name: string
  /** Sent to the judge to the letter. */
  description: string
  defaultWeight: number
  /** From the lowest score to the highest; none for what is measured and not judged. */
  levels: readonly Level[]
  /** The lowest score that passes; null for what is measured. */
  passScore: number | null
}

/** A provider whose models can judge. */
export interface JudgeChoice {
  provider: string
  label: string
  /** To begin with; '' where none is known. */
  model: string
}

/** A judge scores it, or the runtime measures it. */
export const METRIC_KINDS = ['JUDGED', 'MEASURED'] as const
export type MetricKind = (typeof METRIC_KINDS)[number]

export interface Metric extends MetricDefinition {
  id: string
  key: string
  kind: MetricKind
  /** Built in: the same for every organization, and changed by nobody. */
  isSystem: boolean
  isDeprecated: boolean
  deprecatedAt: number | null
  version: number
  /** How many agents have opted in. */
  agentCount: number
  /** The key of the metric that it began as a copy of. */
  clonedFrom: string | null
  createdAt: number
  modifiedAt: number
  createdBy: string
}

export interface MetricVersion extends MetricDefinition {
  version: number
  /** The version whose text it brought back. */
  restoredFrom: number | null
  /** What is another than in the version before; nothing for the first. */
  changed: readonly DefinitionField[]
  createdAt: number
  createdBy: string
}

export const DEFINITION_FIELDS = [
  'name',
  'description',
  'defaultWeight',
  'levels',
  'passScore',
] as const
export type DefinitionField = (typeof DEFINITION_FIELDS)[number]

/** The scale of a metric that brings none: 1 to 5, and 4 passes. */
export const USUAL_LEVELS: readonly Level[] = [
  { score: 1, label: 'Poor', description: 'Fails the criterion.' },
  { score: 2, label: 'Weak', description: 'Meets little of it; what is missing matters.' },
  { score: 3, label: 'Fair', description: 'Meets about half of it.' },
  { score: 4, label: 'Good', description: 'Meets it, but for small faults.' },
  { score: 5, label: 'Excellent', description: 'Meets it fully.' },
]
export const USUAL_PASS_SCORE = 4

/** Just the parts that a version keeps, in their order. */
export function definitionOf(source: MetricDefinition): MetricDefinition {
  const { name, description, defaultWeight, levels, passScore } = source
  return { name, description, defaultWeight, levels: levels.map(levelOf), passScore }
}

/** Which parts differ. */
export function changedFields(
  before: MetricDefinition,
  after: MetricDefinition,
): DefinitionField[] {
  return DEFINITION_FIELDS.filter((field) => textOf(before, field) !== textOf(after, field))
}

function textOf(definition: MetricDefinition, field: DefinitionField): string {
  const value = definition[field]
  return JSON.stringify(Array.isArray(value) ? value.map(levelOf) : value)
}

/** The stored order of names is the database's own. */
function levelOf({ score, label, description }: Level): Level {
  return { score, label, description }
}

/** A step of the scale by its score. */
export function levelAt({ levels }: Pick<MetricDefinition, 'levels'>, score: number): Level | null {
  return levels.find((level) => level.score === score) ?? null
}

/** `answerTone` → `answerToneCopy`, or with a number where that is taken. */
export function copyKey(key: string, isTaken: (key: string) => boolean, max: number): string {
  const base = `${key.slice(0, max - 8)}Copy`
  if (!isTaken(base)) return base
  let number = 2
  while (isTaken(`${base}${number}`)) number++
  return `${base}${number}`
}
