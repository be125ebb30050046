import type { AgentDefinition } from '@/lib/agents/model'

export interface RevisionFact {
  term: string
  text: string
}

/** What a revision says besides its instructions, in words. */
export function revisionFacts(definition: AgentDefinition): RevisionFact[] {
  const { provider, model, temperature, maxOutputTokens, parameters } = definition
  return [
    { term: 'Provider', text: provider },
    { term: 'Model', text: model },
    { term: 'Temperature', text: temperature === null ? 'As the model has it' : `${temperature}` },
    {
      term: 'Maximum output',
      text:
        maxOutputTokens === null
          ? 'As the model has it'
          : `${maxOutputTokens.toLocaleString('en-US')} tokens`,
    },
    {
      term: 'Parameters',
      text: parameters.length === 0 ? 'None' : parameters.map(parameterWords).join('\n'),
    },
  ]
}

/** "customer: text, required: Who asks". */
function parameterWords({
  name,
  type,
  required,
  description,
}: AgentDefinition['parameters'][number]): string {
  const kind = { STRING: 'text', NUMBER: 'number', BOOLEAN: 'yes or no' }[type]
  const facts = required ? `${name} (${kind}, required)` : `${name} (${kind})`
  return description ? `${facts}: ${description}` : facts
}
