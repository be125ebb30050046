#!/usr/bin/env node
// The command as npm installs it; what it runs is built into dist/ (scripts/build.mjs).
import { existsSync } from 'node:fs'

const built = new URL('../dist/fruxon.mjs', import.meta.url)
if (existsSync(built)) await import(built.href)
else {
  process.stderr.write('fruxon is not built yet: run npm run build, or npm run up.\n')
  process.exitCode = 1
}
