/**
 * A byte stream of the texts. The first one is drawn before the answer begins, so that a refusal is
 * still a problem with its own status and not a broken download.
 */
export async function streamOf(texts: AsyncIterable<string>): Promise<ReadableStream<Uint8Array>> {
  const iterator = texts[Symbol.asyncIterator]()
  let upcoming = await iterator.next()
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (upcoming.done) {
        controller.close()
        return
      }
      controller.enqueue(encoder.encode(upcoming.value))
      upcoming = await iterator.next()
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
