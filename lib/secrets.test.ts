import { spawn } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EnvironmentError, readEnvironment } from '@/lib/env'
import { installationSecrets } from '@/lib/secrets'
import { parsePeppers } from '@/lib/tokens/digest'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fruxon-secrets-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const file = () => join(dataDir, 'secrets.json')
const secrets = (source: Record<string, string> = {}) =>
  installationSecrets(readEnvironment({ DATA_DIR: dataDir, ...source }))
const key = Buffer.alloc(32, 7).toString('base64')

describe('the secrets of an installation', () => {
  it('are made once, in a file for its owner alone', () => {
    const first = secrets()
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(secrets()).toEqual(first)
    expect(readdirSync(dataDir)).toEqual(['secrets.json'])
    expect(Buffer.from(first.authSecret, 'base64')).toHaveLength(32)
    expect(parsePeppers(first.tokenPepper).current).toMatchObject({ version: 1 })
    expect(parsePeppers(first.tokenPepper).current.key).toHaveLength(32)
  })

  it('differ from one installation to the next', () => {
    const first = secrets()
    const second = secrets({ DATA_DIR: join(dataDir, 'other') })
    expect(second.authSecret).not.toBe(first.authSecret)
    expect(second.tokenPepper).not.toBe(first.tokenPepper)
  })

  it('come from the environment where it names them, and then no file is made', () => {
    const named = { AUTH_SECRET: key, TOKEN_PEPPER: `2:${key},1:${key}` }
    expect(secrets(named)).toEqual({ authSecret: key, tokenPepper: `2:${key},1:${key}` })
    expect(readdirSync(dataDir)).toEqual([])
    const half = secrets({ AUTH_SECRET: key })
    expect(half.authSecret).toBe(key)
    expect(half.tokenPepper).toBe(JSON.parse(readFileSync(file(), 'utf8')).tokenPepper)
  })

  it('are one set for processes that start together', async () => {
    const script = `
      const { installationSecrets } = await import('./lib/secrets.ts')
      const { readEnvironment } = await import('./lib/env.ts')
      process.stdin.once('data', () => {
        console.log(JSON.stringify(installationSecrets(readEnvironment())))
        process.exit()
      })
      console.error('ready')`
    const starting = Array.from({ length: 2 }, () =>
      spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        cwd: join(import.meta.dirname, '..'),
        env: { NODE_ENV: 'test', DATA_DIR: dataDir },
      }),
    )
    const outputs = starting.map(async ({ stdout }) => {
      let text = ''
      for await (const chunk of stdout) text += chunk
      return text
    })
    await Promise.all(
      starting.map(({ stderr }) => new Promise((resolve) => stderr.once('data', resolve))),
    )
    for (const { stdin } of starting) stdin.write('go\n')
    const found = await Promise.all(outputs)
    expect(found.map((text) => JSON.parse(text))).toEqual(found.map(() => secrets()))
  })
})

describe('a file of secrets that is damaged', () => {
  it.each([
    ['is empty', ''],
    ['is cut off', '{"authSecret": "abc'],
    ['lacks a secret', JSON.stringify({ authSecret: key })],
    ['has a short secret', JSON.stringify({ authSecret: 'short', tokenPepper: `1:${key}` })],
    ['has a pepper without version', JSON.stringify({ authSecret: key, tokenPepper: key })],
    ['has a short pepper', JSON.stringify({ authSecret: key, tokenPepper: `1:${'a'.repeat(40)}` })],
    ['is a list', '[]'],
  ])('because it %s stops the start and is left as it is', (_title, content) => {
    writeFileSync(file(), content)
    expect(() => secrets()).toThrow(EnvironmentError)
    expect(readFileSync(file(), 'utf8')).toBe(content)
    const message = errorOf(() => secrets()).message
    expect(message).toContain('restore it from a backup')
    expect(message).not.toContain(key)
  })

  it('because it is a folder stops the start', () => {
    mkdirSync(file())
    expect(() => secrets()).toThrow(/damaged/)
  })
})

function errorOf(work: () => unknown): Error {
  try {
    work()
  } catch (error) {
    return error as Error
  }
  throw new Error('It did not throw.')
}
