'use client'

import { Play } from 'lucide-react'
import { useState } from 'react'
import { tryAgent } from '@/app/[tenant]/settings/agents/run-actions'
import { errorAt } from '@/components/settings/action-outcome'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { SectionCard } from '@/components/settings/section-card'
import { useSave } from '@/components/settings/use-save'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { AgentParameter, AgentSummary } from '@/lib/agents/model'
import type { FinishedRun } from '@/lib/execution/run-deployed-agent'
import { ParameterInput } from './parameter-input'
import { inputOf } from './run-draft'
import { RunResult } from './run-result'

export type TryItProps = {
  tenant: string
  agent: AgentSummary
  revision: number
  parameters: readonly AgentParameter[]
}

/** A form made from what the deployed revision declares, and the answer of a run. */
export function TryIt({ tenant, agent, revision, parameters }: TryItProps) {
  const [values, setValues] = useState<Record<string, string>>({})
  const [text, setText] = useState('')
  const [done, setDone] = useState<FinishedRun | null>(null)
  const save = useSave()
  const { problem } = save
  const atField = problem !== null && problem.errors.length > 0
  function run() {
    const input = parameters.length > 0 ? inputOf(parameters, values) : text
    setDone(null)
    save.run(() => tryAgent(tenant, { agent: agent.id, input }), setDone)
  }
  return (
    <div className="flex max-w-form flex-col gap-6">
      <form
        ref={save.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <SectionCard
          title={`Try revision ${revision}`}
          description="It runs as a test: usage and budgets count it apart from production."
        >
          <div className="flex flex-col gap-4">
            {atField ? null : <ProblemNotice problem={problem} title="It did not run" />}
            {parameters.map((parameter) => (
              <ParameterInput
                key={parameter.name}
                parameter={parameter}
                value={values[parameter.name] ?? ''}
                error={errorAt(problem, `/input/${parameter.name}`)}
                onChange={(value) => {
                  save.touch()
                  setValues((before) => ({ ...before, [parameter.name]: value }))
                }}
              />
            ))}
            {parameters.length === 0 ? (
              <Field
                label="Message"
                description="What the agent is told. The revision declares no parameters."
                error={errorAt(problem, '/input')}
              >
                <Textarea
                  name="input"
                  value={text}
                  onChange={({ target }) => {
                    save.touch()
                    setText(target.value)
                  }}
                />
              </Field>
            ) : null}
            <Button type="submit" variant="primary" className="w-fit" loading={save.saving}>
              <Play aria-hidden />
              Run
            </Button>
          </div>
        </SectionCard>
      </form>
      {done ? <RunResult tenant={tenant} run={done} /> : null}
    </div>
  )
}
