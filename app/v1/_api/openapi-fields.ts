import { z } from '@hono/zod-openapi'

/** What the fields of request bodies mean; the core's schemas say only what they may hold. */
const FIELD_TEXTS: Record<string, string> = {
  name: 'What people recognise it by.',
  description: 'What it is for, who owns it, and where its secret lives if it has one.',
  scopes: 'What it may do; united with `preset`. Left out in a change or rotation: as before.',
  preset: 'A named set of scopes, expanded now and never stored.',
  expirationDays: 'Days of exactly 24 hours from now. Null = never, where policy allows.',
  expiresAt: 'Epoch milliseconds, instead of `expirationDays`. Null = never, where policy allows.',
  keyExpirationDays:
    'Days until the first token expires. Null or absent = never, where policy allows.',
  graceSeconds: 'How long the old secret works on; never past its own expiry.',
  tokenIds: 'Ids of tokens, 1,000 at most.',
  tokens: 'Keys of the older system by their SHA-256, 500 at most.',
  token: 'The secret to ask about.',
  token_type_hint: 'Allowed by RFC 7662; changes nothing here.',
  displayName: 'What people call it.',
  website: 'An http or https address. Null = none.',
  maxLifetimeDays: 'The longest life of any token, in days. Null = no limit.',
  expiryRequired: 'Whether tokens without an expiry date are refused.',
  email: 'Compared in lower case.',
  role: 'What the person may do.',
  firstName: 'Null or left out = as it is; empty = none.',
  lastName: 'Null or left out = as it is; empty = none.',
  avatarFileId: 'Null removes the picture; a new one is chosen in the dashboard.',
  amount: 'US dollars for each calendar month in UTC.',
  thresholdRules:
    'Percent of the amount at which people are told. Null or left out = as it is, at first 50, 80 and 100.',
  enforceLimit:
    'True = budgets:check says no at 100%. Null or left out = as it is, at first false.',
  agent: 'Id or name of the agent. Null or left out = only the other budgets.',
  origin: 'PRODUCTION unless told.',
  onLeak: 'REVOKE = it ends at once, NOTIFY = its owner and the admins are told.',
  id: 'Chosen once, for ever. If it reports usage already, the name that it reports.',
  isPublic: 'Whether anybody may read its name and description. Null or left out = as it is.',
  instructions: 'The system prompt.',
  provider: 'As usage and prices name it, such as openai.',
  model: 'As usage and prices name it, such as gpt-5-mini.',
  parameters: 'What each run is given.',
  temperature: 'Null or left out = as the model has it.',
  maxOutputTokens: 'Null or left out = as the model has it.',
  comment: 'What changed, and why.',
  previousRevision:
    'What the caller believes is deployed, null for nothing: where that is wrong, 409. Left out = whatever is.',
  userId: 'A member of the organization.',
  subscriberType: 'HTTP = forwarded to an address, AGENT = run by an agent. For ever.',
  subscriberId:
    'Of HTTP a name for the receiver, at most 80 characters. Of AGENT an agent that is deployed, and that the caller may run. For ever.',
  eventFilter:
    'Types with commas between them, a star at the end for the rest of one: push, invoice.*. Null = everything.',
  subscription: 'Who takes what comes in first. Null or left out = nobody yet.',
  subscriptionId: 'Of this subscriber alone. Null or left out = of all.',
  paused: 'True = deliveries are taken and held; false = they are fired.',
  secret:
    'As the sender shows it. Null or left out = one is made here, where the provider lets us.',
  overlapHours: 'For so long the one before is good too; 0 = it ends at once.',
  bearerMinting: 'Whether a token may make and rotate tokens and signing secrets by API.',
}

/** The same schema with its fields explained. */
export function describedFields(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodObject)) return schema
  const shape = schema.shape as Record<string, z.ZodType>
  return z.strictObject(
    Object.fromEntries(
      Object.entries(shape).map(([name, field]) => {
        const description = field.description ?? FIELD_TEXTS[name]
        return [name, description ? field.openapi({ description }) : field]
      }),
    ),
  )
}
