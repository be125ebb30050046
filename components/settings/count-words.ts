/**
 * How many there are, for a list that counts so far and no further.
 * @param countedTo lib/paging.ts; left out where everything is counted
 */
export function countWords(count: number, countedTo = Number.POSITIVE_INFINITY): string {
  return count < countedTo ? count.toLocaleString('en-US') : `${countedTo.toLocaleString('en-US')}+`
}
