import {
  type MetricDefinition,
  USUAL_LEVELS,
  USUAL_PASS_SCORE,
} from '@/lib/evaluation-metrics/model'

/** The rubrics that the demo organization would have written, and what its agents are scored by. */

export interface DemoVersion {
  ago: number
  by: string
  definition: MetricDefinition
  /** The version, from 1, that it brought back. */
  restores?: number
}

export interface DemoMetric {
  key: string
  clonedFrom?: string
  versions: readonly [DemoVersion, ...DemoVersion[]]
  deprecated?: { ago: number; by: string }
}

export interface DemoAgentSet {
  agent: string
  ago: number
  by: string
  /** By key, built in or own. */
  weights: Readonly<Record<string, number>>
}

const ADA = 'ada@acme.example'
const TOMAS = 'tomas@acme.example'
const LINUS = 'linus@acme.example'

const usual = { levels: USUAL_LEVELS, passScore: USUAL_PASS_SCORE }

const TONE_SCALE = [
  { score: 1, label: 'Cold', description: 'Blames the customer, or answers like a machine.' },
  { score: 2, label: 'Stiff', description: 'Polite words without any warmth.' },
  { score: 3, label: 'Neutral', description: 'Correct and forgettable.' },
  { score: 4, label: 'Warm', description: 'Takes up how the customer feels, once.' },
  {
    score: 5,
    label: 'Like us',
    description: 'Warm, calm and to the point; no filler, no flattery.',
  },
]

const TONE_FIRST: MetricDefinition = {
  name: 'Tone of voice',
  description: 'Does the answer sound friendly?',
  defaultWeight: 10,
  ...usual,
}
const TONE_SECOND: MetricDefinition = {
  name: 'Tone of voice',
  description:
    'Does the answer sound friendly and calm, also where the customer is upset? Judge the tone only, not whether the answer is right.',
  defaultWeight: 15,
  ...usual,
}
const TONE_THIRD: MetricDefinition = { ...TONE_SECOND, levels: TONE_SCALE }

const CITATION: MetricDefinition = {
  name: 'Citation of the manual',
  description:
    'Does every technical statement name the chapter of the service manual that it comes from, and does that chapter really say so?',
  defaultWeight: 25,
  levels: [
    { score: 0, label: 'No', description: 'A statement has no chapter, or a wrong one.' },
    { score: 1, label: 'Yes', description: 'All of them have the right one.' },
  ],
  passScore: 1,
}

const HANDOVER: MetricDefinition = {
  name: 'Handover to a person',
  description:
    'Where the agent cannot help, does it hand over to a person at once and with a summary that saves the customer from telling it all again?',
  defaultWeight: 20,
  ...usual,
}

const ESCALATION: MetricDefinition = {
  name: 'Escalation rate',
  description: 'Did the agent escalate?',
  defaultWeight: 5,
  ...usual,
}

export const ACME_METRICS: readonly DemoMetric[] = [
  {
    key: 'toneOfVoice',
    versions: [
      { ago: 58, by: ADA, definition: TONE_FIRST },
      { ago: 41, by: TOMAS, definition: TONE_SECOND },
      { ago: 12, by: ADA, definition: TONE_THIRD },
    ],
  },
  {
    key: 'citesManual',
    clonedFrom: 'groundedness',
    versions: [
      {
        ago: 47,
        by: TOMAS,
        definition: { ...CITATION, ...usual, name: 'Groundedness', defaultWeight: 15 },
      },
      { ago: 46, by: TOMAS, definition: CITATION },
    ],
  },
  {
    key: 'handover',
    versions: [
      { ago: 30, by: ADA, definition: HANDOVER },
      {
        ago: 21,
        by: TOMAS,
        definition: { ...HANDOVER, description: 'Does the agent hand over to a person early?' },
      },
      { ago: 19, by: ADA, definition: HANDOVER, restores: 1 },
    ],
  },
  {
    key: 'escalationRate',
    versions: [{ ago: 57, by: ADA, definition: ESCALATION }],
    deprecated: { ago: 22, by: ADA },
  },
]

export const ACME_AGENT_SETS: readonly DemoAgentSet[] = [
  {
    agent: 'fleet-support',
    ago: 29.5,
    by: LINUS,
    weights: {
      correctness: 35,
      handover: 20,
      toneOfVoice: 20,
      harmlessness: 15,
      escalationRate: 5,
      cost: 5,
    },
  },
  {
    agent: 'manual-search',
    ago: 44,
    by: LINUS,
    weights: { citesManual: 50, correctness: 30, conciseness: 10, latency: 10 },
  },
  {
    agent: 'voice-desk',
    ago: 10,
    by: TOMAS,
    weights: { toneOfVoice: 40, helpfulness: 40, latency: 20 },
  },
  {
    agent: 'ticket-triage',
    ago: 25,
    by: LINUS,
    weights: { formatAdherence: 60, correctness: 40 },
  },
  {
    agent: 'topic-briefing',
    ago: 18,
    by: LINUS,
    weights: { correctness: 60, helpfulness: 25, latency: 15 },
  },
]
