import { DomainError, invalid } from '@/lib/errors'
import { METRICS_MAX, VERSIONS_MAX } from '@/lib/evaluation-metrics/limits'

/** What is refused, in words. */

export function builtInRefusal(): DomainError {
  return new DomainError(
    'invalid',
    'system_metric',
    'A built-in metric cannot be changed. Clone it, and change the copy.',
  )
}

export function measuredRefusal(): DomainError {
  return new DomainError(
    'invalid',
    'metric_not_judged',
    'The runtime measures this at each run. No judge is asked, so there is nothing to try or to copy.',
  )
}

export function keyTaken(key: string): DomainError {
  const detail = `There is a metric with the key ${key} already.`
  return new DomainError('conflict', 'metric_key_taken', detail, {
    errors: [{ pointer: '/key', detail }],
  })
}

export function changedMeanwhile(version: number): DomainError {
  return new DomainError(
    'conflict',
    'metric_changed',
    `Somebody else has saved version ${version} in the meantime. Look at it, then save again to replace it.`,
  )
}

export function deprecatedRefusal(): DomainError {
  return new DomainError(
    'conflict',
    'metric_deprecated',
    'The metric is deprecated. Restore it first.',
  )
}

export function tooManyMetrics(): DomainError {
  return new DomainError(
    'conflict',
    'metric_limit_reached',
    `An organization keeps at most ${METRICS_MAX} metrics of its own, deprecated ones included.`,
  )
}

export function tooManyVersions(): DomainError {
  return new DomainError(
    'conflict',
    'metric_limit_reached',
    `A metric keeps at most ${VERSIONS_MAX} versions. Clone it to go on.`,
  )
}

export function createdTooFast(seconds: number): DomainError {
  return new DomainError(
    'throttled',
    'too_many_metrics',
    `Too many new metrics at once. Try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}, or import them as a file.`,
    { retryAfterSeconds: seconds },
  )
}

export function passScoreIsNoLevel(scores: readonly number[]): DomainError {
  return invalid([
    { pointer: '/passScore', detail: `Choose the score of a level: ${scores.join(', ')}.` },
  ])
}

export function verdictUnreadable(): DomainError {
  return new DomainError(
    'upstream-failed',
    'verdict_unreadable',
    'The model was asked twice and gave no score of the scale. Choose another model.',
  )
}
