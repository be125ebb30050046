/** What the agents of the demo organizations run on, in realistic proportions. */

/** From and to, in tokens of one call. */
type Extent = readonly [number, number]

export interface DemoModel {
  provider: string
  model: string
  weight: number
  input: Extent
  /** Shares of the input. */
  cacheRead?: number
  cacheWrite?: number
  inputAudio?: number
  output: Extent
  /** Shares of the output. */
  reasoning?: number
  outputAudio?: number
}

export interface DemoAgent {
  agent: string
  /** Which token of the demo organization reports it. */
  reporter: { owner: string; token: string }
  /** On a working day of today. */
  callsPerDay: number
  callsInRun: number
  hours: 'always' | 'office' | 'night'
  models: readonly [DemoModel, ...DemoModel[]]
  /** Days ago of each revision, oldest first. */
  revisionsAgo: readonly [number, ...number[]]
  /** Of a hundred calls, how many are tests on staging. */
  testsPercent: number
}

export interface DemoKnowledgeBase {
  name: string
  /** Bytes today, and what comes to it each day. */
  bytes: number
  dailyBytes: number
  deletedAgo?: number
}

const GPT_TERRA = { provider: 'openai', model: 'gpt-5.6-terra' }
const GPT_MINI = { provider: 'openai', model: 'gpt-5-mini' }
const HAIKU = { provider: 'anthropic', model: 'claude-haiku-4-5' }
const SONNET = { provider: 'anthropic', model: 'claude-sonnet-4-6' }
const OPUS = { provider: 'anthropic', model: 'claude-opus-5' }
const FLASH = { provider: 'google', model: 'gemini-2.5-flash' }
const PRO = { provider: 'google', model: 'gemini-2.5-pro' }
/** Their own, so nobody but they know what it costs. */
const OWN_RERANKER = { provider: 'acme', model: 'manuals-rerank-2' }

const RUNNER = { owner: 'prod-agent-runner', token: 'First token' }

export const ACME_AGENTS: readonly DemoAgent[] = [
  {
    agent: 'fleet-support',
    reporter: RUNNER,
    callsPerDay: 48,
    callsInRun: 3,
    hours: 'always',
    models: [
      {
        ...GPT_TERRA,
        weight: 5,
        input: [4000, 26_000],
        cacheRead: 0.6,
        output: [180, 1100],
        reasoning: 0.35,
      },
      { ...HAIKU, weight: 2, input: [3000, 18_000], cacheRead: 0.5, output: [120, 700] },
    ],
    revisionsAgo: [90, 41, 9],
    testsPercent: 6,
  },
  {
    agent: 'ticket-triage',
    reporter: RUNNER,
    callsPerDay: 60,
    callsInRun: 1,
    hours: 'office',
    models: [
      {
        ...GPT_MINI,
        weight: 7,
        input: [900, 5200],
        cacheRead: 0.3,
        output: [40, 260],
        reasoning: 0.2,
      },
      { ...FLASH, weight: 3, input: [900, 5200], output: [40, 240] },
    ],
    revisionsAgo: [90],
    testsPercent: 4,
  },
  {
    agent: 'manual-search',
    reporter: RUNNER,
    callsPerDay: 45,
    callsInRun: 2,
    hours: 'always',
    models: [
      {
        provider: 'openai',
        model: 'text-embedding-3-large',
        weight: 5,
        input: [300, 7000],
        output: [0, 0],
      },
      { ...OWN_RERANKER, weight: 2, input: [2000, 9000], output: [10, 60] },
      { ...FLASH, weight: 3, input: [4000, 22_000], cacheRead: 0.4, output: [150, 600] },
    ],
    revisionsAgo: [90, 23],
    testsPercent: 3,
  },
  {
    agent: 'code-review',
    reporter: { owner: 'linus@acme.example', token: 'ci-deploy' },
    callsPerDay: 70,
    callsInRun: 8,
    hours: 'office',
    models: [
      {
        ...SONNET,
        weight: 6,
        input: [20_000, 150_000],
        cacheRead: 0.75,
        cacheWrite: 0.12,
        output: [400, 4200],
        reasoning: 0.3,
      },
      {
        ...OPUS,
        weight: 2,
        input: [20_000, 120_000],
        cacheRead: 0.7,
        cacheWrite: 0.15,
        output: [500, 5200],
        reasoning: 0.45,
      },
    ],
    revisionsAgo: [90, 33],
    testsPercent: 10,
  },
  {
    agent: 'incident-report',
    reporter: { owner: 'prod-agent-runner', token: 'eu-failover' },
    callsPerDay: 8,
    callsInRun: 4,
    hours: 'night',
    models: [
      // Some go over 200,000 tokens, above which the whole call costs more.
      { ...PRO, weight: 1, input: [60_000, 260_000], output: [1500, 6000], reasoning: 0.5 },
    ],
    revisionsAgo: [90],
    testsPercent: 0,
  },
  {
    agent: 'voice-desk',
    reporter: { owner: 'tomas@acme.example', token: 'website-backend' },
    callsPerDay: 14,
    callsInRun: 6,
    hours: 'office',
    models: [
      {
        provider: 'openai',
        model: 'gpt-4o-realtime-preview',
        weight: 1,
        input: [900, 4200],
        cacheRead: 0.2,
        inputAudio: 0.5,
        output: [150, 700],
        outputAudio: 0.7,
      },
    ],
    revisionsAgo: [24],
    testsPercent: 8,
  },
  {
    agent: 'nightly-evals',
    reporter: { owner: 'nightly-evals', token: 'First token' },
    callsPerDay: 30,
    callsInRun: 10,
    hours: 'night',
    models: [
      { ...GPT_MINI, weight: 5, input: [1500, 9000], cacheRead: 0.8, output: [80, 500] },
      { ...HAIKU, weight: 3, input: [1500, 9000], cacheRead: 0.8, output: [80, 500] },
    ],
    revisionsAgo: [90],
    testsPercent: 100,
  },
]

const MB = 1_000_000
const GB = 1000 * MB

export const ACME_KNOWLEDGE_BASES: readonly DemoKnowledgeBase[] = [
  { name: 'machine-manuals', bytes: 31 * GB, dailyBytes: 210 * MB },
  { name: 'incident-archive', bytes: 17 * GB, dailyBytes: 160 * MB },
  { name: 'support-macros', bytes: 2 * GB, dailyBytes: 4 * MB },
  { name: 'catalogue-2024', bytes: 8 * GB, dailyBytes: 0, deletedAgo: 12 },
]

export const GLOBEX_AGENTS: readonly DemoAgent[] = [
  {
    agent: 'tour-planner',
    reporter: { owner: 'route-planner', token: 'First token' },
    callsPerDay: 32,
    callsInRun: 5,
    hours: 'night',
    models: [
      {
        provider: 'deepseek',
        model: 'deepseek-chat',
        weight: 3,
        input: [3000, 14_000],
        cacheRead: 0.4,
        output: [200, 1500],
      },
      {
        provider: 'openai',
        model: 'gpt-5-nano',
        weight: 2,
        input: [800, 4000],
        output: [60, 300],
        reasoning: 0.3,
      },
    ],
    revisionsAgo: [90, 30],
    testsPercent: 5,
  },
]

export const GLOBEX_KNOWLEDGE_BASES: readonly DemoKnowledgeBase[] = [
  { name: 'depots', bytes: 1.4 * GB, dailyBytes: 9 * MB },
]
