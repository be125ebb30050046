import pino, { type Logger } from 'pino'

/**
 * What errors of Stripe's client carry besides why they failed: whole answers and webhooks, with the names of people
 * and parts of their cards. They belong in no log.
 */
const WITHHELD = [
  'raw',
  'headers',
  'header',
  'payload',
  'charge',
  'payment_intent',
  'payment_method',
  'setup_intent',
  'source',
]

/** The log of the process: JSON lines on standard output. */
export function openLog(level: string, destination?: pino.DestinationStream): Logger {
  const options = { level, base: null, serializers: { err: factsOf } }
  return destination ? pino(options, destination) : pino(options)
}

function factsOf(error: Error): object {
  const facts = Object.entries(pino.stdSerializers.err(error))
  return Object.fromEntries(facts.filter(([name]) => !WITHHELD.includes(name)))
}
