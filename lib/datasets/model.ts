/** What a dataset is: a named list of cases that revisions of agents are evaluated on; isomorphic. Times are epoch ms. */

export type CaseValue = string | number | boolean

/** What somebody writes of a case. Either `input` or `parameters` is there, never both. */
export interface CaseText {
  name: string | null
  /** A text, for agents that are asked one. */
  input: string | null
  /** Values by name, for revisions that declare parameters. */
  parameters: Readonly<Record<string, CaseValue>> | null
  /** The answer to compare with, where there is one. */
  expected: string | null
}

export interface DatasetCase extends CaseText {
  id: string
  /** From 1, without gaps. */
  position: number
  createdAt: number
  modifiedAt: number
}

export interface Dataset {
  id: string
  /** Unique in the organization, whatever its case. */
  name: string
  description: string
  /** Goes up with every change of its cases; a rename leaves it. */
  version: number
  caseCount: number
  createdAt: number
  modifiedAt: number
  createdBy: string
  modifiedBy: string
}

const encoder = new TextEncoder()
const bytesOf = (text: string | null) => (text === null ? 0 : encoder.encode(text).length)

/** UTF-8 bytes of what a run is given. */
export function inputBytes({ input, parameters }: Pick<CaseText, 'input' | 'parameters'>): number {
  return bytesOf(parameters === null ? input : JSON.stringify(parameters))
}

/** UTF-8 bytes of a whole case. */
export function caseBytes(text: CaseText): number {
  return bytesOf(text.name) + inputBytes(text) + bytesOf(text.expected)
}
