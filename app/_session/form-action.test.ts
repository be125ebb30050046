import { expect, it } from 'vitest'
import { z } from 'zod'
import type { ActionResult } from '@/app/_session/action-result'
import { formOf } from '@/app/_session/form-action'
import { NOTHING_SENT } from '@/components/settings/form-state'

const schema = z.strictObject({ email: z.string(), password: z.string() })
type Input = z.infer<typeof schema>

const REFUSAL: ActionResult<never> = {
  ok: false,
  problem: {
    code: 'invalid',
    title: 'Something needs another value',
    message: 'Look at the fields.',
    errors: [{ pointer: '/email', detail: 'Enter your e-mail address.' }],
    missingScopes: [],
    retryAfterSeconds: null,
    requestId: 'r1',
  },
}

/** As a browser sends it, with what React puts in to find the action again. */
function sentForm(fields: Record<string, string | File>): FormData {
  const form = new FormData()
  form.set('$ACTION_REF_1', '')
  form.set('$ACTION_1:0', '{"id":"x"}')
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

it('calls the action with what comes before and the fields of its schema, and nothing else', async () => {
  const calls: unknown[] = []
  const send = formOf(
    async (tenant: string, input: Input): Promise<ActionResult<null>> => {
      calls.push([tenant, input])
      return { ok: true, data: null }
    },
    { schema, before: ['tenant'], keep: ['email'] },
  )
  const fields = { tenant: 'acme', email: 'ada@acme.example', password: 'secret', role: 'ADMIN' }
  expect(await send(NOTHING_SENT, sentForm(fields))).toEqual({
    problem: null,
    saved: true,
    values: { email: 'ada@acme.example' },
  })
  expect(calls).toEqual([['acme', { email: 'ada@acme.example', password: 'secret' }]])
})

it('answers a refusal with the problem and what was typed, without the password', async () => {
  let done = false
  const send = formOf(async (_input: Input) => REFUSAL, {
    schema,
    keep: ['email'],
    done: () => {
      done = true
    },
  })
  const state = await send(NOTHING_SENT, sentForm({ email: 'ada', password: 'secret' }))
  expect(state).toMatchObject({ saved: false, values: { email: 'ada' } })
  expect(state.problem?.errors).toEqual([
    { pointer: '/email', detail: 'Enter your e-mail address.' },
  ])
  expect(JSON.stringify(state)).not.toContain('secret')
  expect(done).toBe(false)
})

it('leaves out what the form does not have, and files', async () => {
  const inputs: unknown[] = []
  const send = formOf(
    async (input: Input) => {
      inputs.push(input)
      return REFUSAL
    },
    { schema },
  )
  await send(NOTHING_SENT, sentForm({ email: new File(['x'], 'x.txt') }))
  expect(inputs).toEqual([{}])
})

it.each([undefined, null, 'text', { get: 'x' }])('takes %j for an empty form', async (sent) => {
  const calls: unknown[] = []
  const send = formOf(
    async (tenant: string, input: Input) => {
      calls.push([tenant, input])
      return REFUSAL
    },
    { schema, before: ['tenant'], keep: ['email'] },
  )
  const state = await send(NOTHING_SENT, sent as unknown as FormData)
  expect(calls).toEqual([['', {}]])
  expect(state).toMatchObject({ saved: false, values: {} })
})
