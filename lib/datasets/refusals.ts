import { CASES_MAX, DATASET_MAX_BYTES, DATASETS_MAX } from '@/lib/datasets/limits'
import { DomainError } from '@/lib/errors'

/** What is refused, in words. */

export function nameTaken(): DomainError {
  const detail = 'A dataset has this name already. Choose another.'
  return new DomainError('conflict', 'dataset_name_taken', detail, {
    errors: [{ pointer: '/name', detail }],
  })
}

export function tooManyDatasets(): DomainError {
  return new DomainError(
    'conflict',
    'dataset_limit_reached',
    `An organization keeps at most ${DATASETS_MAX} datasets: delete one that is not used any more.`,
  )
}

export function tooManyCases(): DomainError {
  return new DomainError(
    'conflict',
    'dataset_limit_reached',
    `A dataset keeps at most ${CASES_MAX} cases. Make another one for the rest.`,
  )
}

export function tooManyBytes(): DomainError {
  return new DomainError(
    'conflict',
    'dataset_limit_reached',
    `All cases of a dataset may take ${DATASET_MAX_BYTES / 1024 / 1024} MB together. Make another one for the rest.`,
  )
}

export function changedMeanwhile(version: number): DomainError {
  return new DomainError(
    'conflict',
    'dataset_changed',
    `Somebody else has changed the cases in the meantime: this is version ${version} now. Look at it, then go on.`,
  )
}
