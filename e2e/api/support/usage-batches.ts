const DAY_MS = 86_400_000
const MODELS = ['gpt-5', 'gpt-4o', 'gpt-5-mini', 'homemade']

interface Batch {
  run: string
  batch: number
  size: number
  /** Epoch ms before which everything happened. */
  until: number
}

/** The same events each time the batch is sent, over the last thirty days. */
export function eventsOfBatch({ run, batch, size, until }: Batch): object[] {
  return Array.from({ length: size }, (_, index) => {
    const number = batch * size + index
    return {
      specversion: '1.0',
      id: String(number),
      source: run,
      type: 'com.fruxon.usage.model-call',
      time: new Date(until - ((number * 7_654_321) % (30 * DAY_MS))).toISOString(),
      data: {
        provider: 'openai',
        model: MODELS[number % MODELS.length],
        agent: `agent-${number % 11}`,
        inputTokens: inputOf(number),
        cacheReadTokens: number % 500,
        outputTokens: number % 700,
        reasoningTokens: number % 90,
      },
    }
  })
}

/** Of all events before this number: what must have been counted in the end. */
export function inputOfAll(events: number): number {
  let sum = 0
  for (let number = 0; number < events; number++) sum += inputOf(number)
  return sum
}

function inputOf(number: number): number {
  return 500 + (number % 1301)
}
