// Names what failed in the runners' JSON reports, so that the end of a long log says it, not its middle.

const FIRST_WORDS = 600

/** @returns one line a failed test: where it stands, its name, and how its message begins */
export function failedInVitest({ testResults }, root) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.replace(`${root}/`, '')
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && failed.length === 0) {
      return [line(file, skipped(assertionResults), message)]
    }
    return failed.map((test) => line(file, test.fullName, test.failureMessages[0]))
  })
}

/** The runner says why the hook of a whole file failed, and of a part of one only what was left out for it. */
function skipped(tests) {
  const [first, ...others] = tests.filter((test) => test.status === 'skipped')
  return first ? `${first.fullName} (and ${others.length} more): not run, a hook failed` : ''
}

/** The same for Playwright's report, in which a test that passed at another try counts as failed. */
export function failedInPlaywright({ suites, errors }) {
  return [
    ...suites.flatMap(failedInSuite),
    ...errors.map(({ message }) => line('the run itself', '', message)),
  ]
}

function failedInSuite({ file, specs = [], suites = [] }) {
  const own = specs.flatMap(({ title, line: row, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) =>
        line(`${file}:${row}`, title, results.find(({ error }) => error)?.error.message),
      ),
  )
  return [...own, ...suites.flatMap(failedInSuite)]
}

function line(place, name, message = '') {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of terminals are control characters.
  const plain = message.replace(/\u001b\[[0-9;]*m/g, '')
  const begin = plain.split('\n').filter(isTelling).slice(0, 8).join(' | ').slice(0, FIRST_WORDS)
  return `  ✗ ${[place, name].filter(Boolean).join(' › ')}: ${begin}`
}

function isTelling(text) {
  return text.trim() !== '' && !text.includes('node_modules')
}
