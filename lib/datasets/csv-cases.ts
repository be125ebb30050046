import Papa from 'papaparse'
import type { RawCase, RawCases } from '@/lib/datasets/case-file'
import type { CaseValue } from '@/lib/datasets/model'

const OWN_COLUMNS = ['name', 'input', 'expected']
/** As agents name their parameters. */
const PARAMETER_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

interface Row {
  line: number
  cells: string[]
  broken: boolean
}

/**
 * Rows of a table whose header names its columns: input, expected, name, and any other is a parameter. An empty cell
 * is left out. Comma, semicolon or tab, as it is found.
 * @param typed cells that are a number, or true or false, are values and no text
 */
export function csvRows(text: string, { typed }: { typed: boolean }): RawCases {
  const [header, ...rows] = rowsOf(text)
  if (!header) return { raw: [], problems: [] }
  const columns = header.cells.map((cell) => {
    const name = cell.trim()
    return OWN_COLUMNS.includes(name.toLowerCase()) ? name.toLowerCase() : name
  })
  const wrong = headerProblem(columns)
  if (wrong) return { raw: [], problems: [{ place: `Line ${header.line}`, detail: wrong }] }
  const problems = rows.flatMap(({ line, cells, broken }) => {
    const place = `Line ${line}`
    if (broken) return [{ place, detail: 'A quotation mark is missing, or is one too many.' }]
    if (cells.length <= columns.length) return []
    return [{ place, detail: `There are ${cells.length} cells for ${columns.length} columns.` }]
  })
  const raw = rows
    .filter(({ cells, broken }) => !broken && cells.length <= columns.length)
    .map(({ line, cells }) => caseOf(line, columns, cells, typed))
  return { raw, problems }
}

function rowsOf(text: string): Row[] {
  const rows: Row[] = []
  let line = 1
  let counted = 0
  Papa.parse<string[]>(text, {
    delimitersToGuess: [',', '\t', ';'],
    skipEmptyLines: false,
    step: ({ data, errors, meta }) => {
      const broken = errors.some(({ type }) => type === 'Quotes')
      if (data.some((cell) => cell.trim() !== '')) rows.push({ line, cells: data, broken })
      line += (text.slice(counted, meta.cursor).match(/\r\n|\n|\r/g) ?? []).length
      counted = meta.cursor
    },
  })
  return rows
}

function headerProblem(columns: readonly string[]): string | null {
  const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index)
  if (twice) return `There are two columns ${twice}.`
  const parameters = columns.filter((name) => !OWN_COLUMNS.includes(name))
  const bad = parameters.find((name) => !PARAMETER_NAME.test(name))
  if (bad !== undefined) {
    return bad === ''
      ? 'A column has no name. The first line names the columns: input, expected, name, or a parameter.'
      : `No parameter is called “${bad.slice(0, 40)}”. The first line names the columns: input, expected, name, or a parameter.`
  }
  if (columns.includes('input') || parameters.length > 0) return null
  return 'No column says what the agent is asked: name one input, or as its parameters.'
}

function caseOf(
  line: number,
  columns: readonly string[],
  cells: string[],
  typed: boolean,
): RawCase {
  const filled = columns.flatMap((name, index): [string, string][] => {
    const cell = cells[index] ?? ''
    return cell.trim() === '' ? [] : [[name, cell]]
  })
  const own = filled.filter(([name]) => OWN_COLUMNS.includes(name))
  const values = filled
    .filter(([name]) => !OWN_COLUMNS.includes(name))
    .map(([name, cell]) => [name, typed ? typedCell(cell) : cell])
  const parameters = values.length > 0 ? { parameters: Object.fromEntries(values) } : {}
  return { place: `Line ${line}`, value: { ...Object.fromEntries(own), ...parameters } }
}

function typedCell(cell: string): CaseValue {
  const plain = cell.trim()
  if (/^(true|false)$/i.test(plain)) return plain.toLowerCase() === 'true'
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(plain) ? Number(plain) : cell
}
