import { describe, expect, it } from 'vitest'
import { forbiddenTarget } from '@/lib/inbound/target-url'

describe('a target', () => {
  it.each([
    'http://example.com/',
    'https://localhost/',
    'https://a.localhost/',
    'https://metadata.google.internal/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://printer/',
    'https://[::ffff:10.0.0.1]/',
    'https://user:pass@example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
  ])('%s is refused before anything is looked up', (url) =>
    expect(forbiddenTarget(new URL(url), [])).not.toBeNull(),
  )

  it('is reached where it is public, or where the operator says so', () => {
    expect(forbiddenTarget(new URL('https://example.com/hooks?a=b'), [])).toBeNull()
    expect(forbiddenTarget(new URL('http://10.0.0.5:8080/x'), ['http://10.0.0.5:8080'])).toBeNull()
    expect(
      forbiddenTarget(new URL('http://10.0.0.5:8081/x'), ['http://10.0.0.5:8080']),
    ).not.toBeNull()
  })
})
