import { SectionCard } from '@/components/settings/section-card'
import { CodeBlock } from '@/components/ui/code-block'
import type { AgentParameter } from '@/lib/agents/model'
import { exampleCall } from './example-call'

export type FromProgramProps = { address: string; parameters: readonly AgentParameter[] }

/** The same by the API, in production. */
export function FromProgram({ address, parameters }: FromProgramProps) {
  return (
    <SectionCard
      title="From a program"
      description="With a token that holds agents:execute: of a service account, or of an editor of the agent. It counts as production."
    >
      <CodeBlock code={exampleCall(address, parameters)} label="curl example" />
    </SectionCard>
  )
}
