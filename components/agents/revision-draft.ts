import type { AgentParameter, Revision } from '@/lib/agents/model'

/** What the form of a new revision holds: texts as they are typed. */
export interface RevisionDraft {
  instructions: string
  provider: string
  model: string
  temperature: string
  maxOutputTokens: string
  comment: string
  parameters: (AgentParameter & { key: number })[]
}

/** A new revision begins with what the latest says. */
export function draftFrom(latest: Revision | null): RevisionDraft {
  const definition = latest?.definition
  return {
    instructions: definition?.instructions ?? '',
    provider: definition?.provider ?? '',
    model: definition?.model ?? '',
    temperature: definition?.temperature?.toString() ?? '',
    maxOutputTokens: definition?.maxOutputTokens?.toString() ?? '',
    comment: '',
    parameters: (definition?.parameters ?? []).map((parameter, key) => ({ ...parameter, key })),
  }
}

export function inputOf({ parameters, temperature, maxOutputTokens, ...texts }: RevisionDraft) {
  return {
    ...texts,
    temperature: numberIn(temperature),
    maxOutputTokens: numberIn(maxOutputTokens),
    parameters: parameters.map(({ key: _, ...parameter }) => parameter),
  }
}

/** What is no number stays wrong, for the server to say so. */
function numberIn(text: string): number | null {
  return text.trim() === '' ? null : Number(text)
}
