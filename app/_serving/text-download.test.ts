import { describe, expect, it } from 'vitest'
import { textStream } from '@/app/_serving/text-download'

function drawn() {
  const steps: string[] = []
  async function* chunks() {
    steps.push('opened')
    try {
      yield 'a'
      yield 'ß'
    } finally {
      steps.push('closed')
    }
  }
  return { steps, stream: textStream(chunks()) }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a download', () => {
  it('draws nothing before it is read: a HEAD request neither reads nor ends its body', async () => {
    const { steps, stream } = drawn()
    const answer = new Response(stream)
    await settled()
    expect([steps, answer.body?.locked]).toEqual([[], false])
  })

  it('is the chunks in order, and closes what it opened', async () => {
    const { steps, stream } = drawn()
    expect(await new Response(stream).text()).toBe('aß')
    expect(steps).toEqual(['opened', 'closed'])
  })

  it('that is given up half-way closes what it opened', async () => {
    const { steps, stream } = drawn()
    const reader = stream.getReader()
    await reader.read()
    await reader.cancel()
    expect(steps).toEqual(['opened', 'closed'])
  })
})
