import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { signalStream } from './signal-stream'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function open(stillAllowed: () => Promise<boolean> = async () => true, missed = false) {
  const listeners = new Set<() => void>()
  const abort = new AbortController()
  const stream = signalStream({
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    changedBefore: () => missed,
    stillAllowed,
    aborted: abort.signal,
  })
  const reader = stream.getReader()
  const read = async () => {
    const { done, value } = await reader.read()
    return done ? null : new TextDecoder().decode(value)
  }
  const signal = () => {
    for (const listener of listeners) listener()
  }
  return { listeners, abort, reader, read, signal }
}

describe('signalStream', () => {
  it('makes one signal of a burst', async () => {
    const { read, signal } = open()
    expect(await read()).toBe('retry: 3000\n\n')
    signal()
    signal()
    signal()
    await vi.advanceTimersByTimeAsync(600)
    expect(await read()).toBe('event: change\ndata:\n\n')
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await read()).toBe(': alive\n\n')
  })

  it('says at once that a change came before it was open', async () => {
    const { read } = open(undefined, true)
    expect(await read()).toBe('retry: 3000\n\n')
    expect(await read()).toBe('event: change\ndata:\n\n')
  })

  it('says goodbye and lets go once the listener may no longer listen', async () => {
    let allowed = true
    const { read, listeners } = open(async () => allowed)
    await read()
    allowed = false
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await read()).toBe('event: end\ndata:\n\n')
    expect(await read()).toBeNull()
    expect(listeners.size).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('stays open while the database does not answer', async () => {
    const { read, listeners } = open(() => Promise.reject(new Error('no answer')))
    await read()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await read()).toBe(': alive\n\n')
    expect(listeners.size).toBe(1)
  })

  it('leaves nothing behind when the browser goes away', async () => {
    const aborted = open()
    aborted.signal()
    aborted.abort.abort()
    expect(aborted.listeners.size).toBe(0)

    const cancelled = open()
    cancelled.signal()
    await cancelled.reader.cancel()
    expect(cancelled.listeners.size).toBe(0)

    expect(vi.getTimerCount()).toBe(0)
  })
})
