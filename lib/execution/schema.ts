import { z } from 'zod'
import { revisionNumberSchema } from '@/lib/agents/schema'

const SESSION_ID_MAX = 128
const CHAT_USER_ID_MAX = 200

const words = (max: number, what: string) =>
  z
    .string()
    .min(1, `Name the ${what}, or leave it out.`)
    .max(max, `Use at most ${max} characters.`)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'Remove the characters that are no text.')

export const sessionIdSchema = words(SESSION_ID_MAX, 'session')

/** Values by name; what they must be, the revision says. */
const valuesSchema = z.record(z.string(), z.unknown())

/** The revision's parameters by name, or a text. */
export const runInputSchema = z.union(
  [z.string(), valuesSchema],
  'Send an object of parameters, or a text.',
)

const runFields = {
  input: runInputSchema.nullish(),
  /** Another name for `input`, of objects only. */
  parameters: valuesSchema.nullish(),
  /** Groups runs. Made up where it is left out. */
  sessionId: sessionIdSchema.nullish(),
  /** Whom it is run for, as the caller calls them. */
  chatUser: z.strictObject({ id: words(CHAT_USER_ID_MAX, 'chat user') }).nullish(),
}

const BOTH = 'Send either input or parameters: they mean the same.'
const onlyOneInput = <Wish extends { input?: unknown; parameters?: unknown }>(wish: Wish) =>
  wish.input == null || wish.parameters == null

export const executeAgentSchema = z
  .strictObject(runFields)
  .refine(onlyOneInput, { path: ['parameters'], error: BOTH })
export type ExecuteAgentInput = z.infer<typeof executeAgentSchema>

export const testAgentSchema = z
  .strictObject({
    ...runFields,
    /** Any revision; the deployed one where left out. */
    revision: revisionNumberSchema.nullish(),
  })
  .refine(onlyOneInput, { path: ['parameters'], error: BOTH })
export type TestAgentInput = z.infer<typeof testAgentSchema>
