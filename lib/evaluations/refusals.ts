import { DomainError, invalid } from '@/lib/errors'
import { UNDER_WAY_MAX, UNFIT_NAMED } from '@/lib/evaluations/limits'

/** What is refused before anything is written, in words. */

const RETRY_AFTER_SECONDS = 30

export function noSuchDataset(): DomainError {
  return invalid([{ pointer: '/datasetId', detail: 'There is no such dataset.' }])
}

export function emptyDataset(name: string): DomainError {
  const detail = `The dataset ${name} has no cases yet. Add one first.`
  return invalid([{ pointer: '/datasetId', detail }], 'dataset_empty')
}

export function noSuchRevision(pointer: string, revision: number, latest: number): DomainError {
  const detail =
    latest === 0
      ? 'The agent has no revision yet. Add one first.'
      : `There is no revision ${revision}: the newest is ${latest}.`
  return invalid([{ pointer, detail }])
}

export function nothingToJudge(agent: string): DomainError {
  return new DomainError(
    'conflict',
    'no_judged_metric',
    `A judge would have nothing to score ${agent} by. Choose its metrics under Evaluation metrics, and one of them other than latency and cost.`,
  )
}

export interface UnfitCase {
  position: number
  name: string | null
  revision: number
  /** What is wrong, in a sentence for each value. */
  detail: string
}

export function unfitCases(unfit: readonly UnfitCase[]): DomainError {
  const errors = unfit.slice(0, UNFIT_NAMED).map(({ position, name, revision, detail }) => ({
    pointer: '/datasetId',
    detail: `Case ${position}${name === null ? '' : ` (${name})`} does not fit revision ${revision}. ${detail}`,
  }))
  const more = unfit.length - errors.length
  if (more > 0) errors.push({ pointer: '/datasetId', detail: `And ${more} more.` })
  return invalid(errors, 'case_does_not_fit')
}

export function tooManyUnderWay(): DomainError {
  return new DomainError(
    'throttled',
    'too_many_evaluations',
    `The organization has ${UNDER_WAY_MAX} evaluations under way. Wait for one to end, or cancel it.`,
    { retryAfterSeconds: RETRY_AFTER_SECONDS },
  )
}
