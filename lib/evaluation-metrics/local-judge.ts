import type { Judge, JudgeRequest, JudgeSignal, Verdict } from '@/lib/evaluation-metrics/judge'

/**
 * Scores without a model, by the words that texts share: to see what a scale and a threshold do before a model is
 * paid for. It does not understand what it reads, and says so.
 */
export const LOCAL_JUDGE: Judge = {
  id: 'local',
  label: 'Local judge: deterministic, for trying out',
  isDeterministic: true,
  model: null,
  judge: async (request) => verdictOn(request),
}

/** Beyond this, an answer is long beside what was asked and what was expected. */
const LONG_FACTOR = 8
/** Words that say nothing about a topic. */
const COMMON = new Set(
  'a an and are as at be but by can do for from has have how i if in is it its me my of on or our so that the their they this to was we what when where which who why will with you your'.split(
    ' ',
  ),
)

function verdictOn({ metric, input, output, reference }: JudgeRequest): Verdict {
  const scores = metric.levels.map(({ score }) => score)
  const answer = wordsOf(output)
  if (answer.length === 0) {
    return {
      score: scores[0] ?? 0,
      reason: 'The answer is empty: the lowest level.',
      signals: [],
      spent: null,
    }
  }
  const signals = reference?.trim()
    ? [
        { label: 'Words shared with the reference', value: likeness(answer, wordsOf(reference)) },
        {
          label: 'Length beside the reference',
          value: ratio(answer.length, wordsOf(reference).length),
        },
      ]
    : [
        { label: 'Topics of the input that it takes up', value: coverage(wordsOf(input), answer) },
        { label: 'Length beside the input', value: brevity(answer.length, wordsOf(input).length) },
      ]
  const overall = weighed(signals)
  const place = Math.round(overall * (scores.length - 1))
  const level = metric.levels[place]
  return {
    score: scores[place] ?? 0,
    reason: `${percent(overall)} by words alone, which is level ${place + 1} of ${scores.length}${level ? `: ${level.label}` : ''}. The criterion itself is for a model to read.`,
    signals,
    spent: null,
  }
}

/** The first signal says three times as much as the second. */
function weighed([first, second]: readonly JudgeSignal[]): number {
  return ((first?.value ?? 0) * 3 + (second?.value ?? 0)) / 4
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function topicsOf(words: readonly string[]): Set<string> {
  const topics = new Set(words.filter((word) => !COMMON.has(word)))
  return topics.size > 0 ? topics : new Set(words)
}

/** Of precision and recall the harmonic mean. */
function likeness(one: readonly string[], other: readonly string[]): number {
  const [a, b] = [topicsOf(one), topicsOf(other)]
  const shared = [...a].filter((word) => b.has(word)).length
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size)
}

function coverage(asked: readonly string[], answer: readonly string[]): number {
  const topics = topicsOf(asked)
  const said = new Set(answer)
  return topics.size === 0 ? 1 : [...topics].filter((word) => said.has(word)).length / topics.size
}

function ratio(one: number, other: number): number {
  return Math.max(one, other) === 0 ? 1 : Math.min(one, other) / Math.max(one, other)
}

/** 1 up to a generous length, then less. */
function brevity(answer: number, asked: number): number {
  const room = Math.max(40, asked * LONG_FACTOR)
  return answer <= room ? 1 : room / answer
}

function percent(value: number): string {
  return `${Math.round(value * 100)}%`
}
