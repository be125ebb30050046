import type { AgentParameter, AgentRole } from '@/lib/agents/model'

/** What the agents of the demo are, besides what they use (usage-agents.ts, which says when each revision came). */

/** A person by e-mail, or a token by its owner and name. */
export type DemoMaker = string | { owner: string; token: string }

export interface DemoRevision {
  by: DemoMaker
  /** Absent: deployed by nobody yet. */
  deployedBy?: DemoMaker
  comment: string
  instructions: string
  provider: string
  model: string
  temperature?: number
  maxOutputTokens?: number
}

export interface DemoAgentDetails {
  displayName: string
  description: string
  isPublic?: true
  parameters: AgentParameter[]
  collaborators: Record<string, AgentRole>
  /** Somebody who waits for a role since so many days. */
  asks?: { by: string; role: AgentRole; message: string; daysAgo: number }
  revisions: readonly [DemoRevision, ...DemoRevision[]]
  /** Days ago of revisions that nothing has run on. */
  draftsAgo?: readonly number[]
}

const RELEASE: DemoMaker = { owner: 'agent-release', token: 'First token' }
const CI: DemoMaker = { owner: 'linus@acme.example', token: 'ci-deploy' }
const LAPTOP: DemoMaker = { owner: 'ada@acme.example', token: 'laptop-cli' }

const text = (name: string, description: string, required = true): AgentParameter => ({
  name,
  type: 'STRING',
  required,
  description,
})

const FLEET_1 = `You answer operators of Acme robots in the chat of the fleet console.

Look the machine up before you answer, and name its serial number.
Give one step at a time, and wait until it is done.
If somebody could be hurt, say so first and call the hotline.`

const FLEET_2 = `${FLEET_1}

Answer in the language of the operator.`

const FLEET_3 = `You answer operators of Acme robots in the chat of the fleet console.

Look the machine up before you answer, and name its serial number and firmware.
Give one step at a time, and wait until it is done.
If somebody could be hurt, stop the machine, then call the hotline.

Answer in the language of the operator, in at most five sentences.`

const REVIEW_1 = `Review the change as an experienced colleague would.

Look for mistakes that the tests do not find. Say nothing about style.`

export const AGENT_DETAILS: Record<string, DemoAgentDetails> = {
  'fleet-support': {
    displayName: 'Fleet support',
    description:
      'Helps operators of Acme robots when a machine stops: it finds the fault, gives one step at a time, and hands over to a technician when it should.',
    isPublic: true,
    parameters: [
      text('question', 'What the operator wrote.'),
      text('serialNumber', 'Of the machine, where it is known.', false),
    ],
    collaborators: {
      'mei@acme.example': 'ADMIN',
      'linus@acme.example': 'EDITOR',
      'priya@acme.example': 'VIEWER',
    },
    asks: {
      by: 'jonas@acme.example',
      role: 'EDITOR',
      message:
        'I take over the night shift in Gothenburg, and would like to tune its answers there.',
      daysAgo: 0.2,
    },
    revisions: [
      {
        by: 'mei@acme.example',
        deployedBy: 'mei@acme.example',
        comment: 'From the pilot in Gothenburg',
        instructions: FLEET_1,
        provider: 'openai',
        model: 'gpt-5.6-terra',
        temperature: 0.4,
      },
      {
        by: CI,
        deployedBy: RELEASE,
        comment: 'Answers in the operator’s language',
        instructions: FLEET_2,
        provider: 'openai',
        model: 'gpt-5.6-terra',
        temperature: 0.4,
      },
      {
        by: CI,
        deployedBy: RELEASE,
        comment: 'Stops the machine first when somebody could be hurt; shorter answers',
        instructions: FLEET_3,
        provider: 'openai',
        model: 'gpt-5.6-terra',
        temperature: 0.2,
        maxOutputTokens: 1200,
      },
    ],
  },
  'ticket-triage': {
    displayName: 'Ticket triage',
    description: 'Sorts new support tickets into queues and sets their priority.',
    parameters: [text('ticket', 'Subject and text.')],
    collaborators: { 'priya@acme.example': 'ADMIN', 'linus@acme.example': 'VIEWER' },
    revisions: [
      {
        by: 'priya@acme.example',
        deployedBy: RELEASE,
        comment: 'First version',
        instructions:
          'Sort the ticket into hardware, software, billing or other, and give it a priority from 1 to 4.\nAnswer with the two words alone.',
        provider: 'openai',
        model: 'gpt-5-mini',
        temperature: 0,
        maxOutputTokens: 400,
      },
    ],
  },
  'manual-search': {
    displayName: 'Manual search',
    description: 'Finds the page of a machine’s manual that answers a question.',
    parameters: [text('question', 'In plain words.')],
    collaborators: { 'mei@acme.example': 'EDITOR' },
    revisions: [
      {
        by: 'tomas@acme.example',
        deployedBy: 'tomas@acme.example',
        comment: 'Search by meaning',
        instructions: 'Answer from the pages that were found, and name manual and page.',
        provider: 'google',
        model: 'gemini-2.5-flash',
      },
      {
        by: LAPTOP,
        deployedBy: 'ada@acme.example',
        comment: 'Says when the manual does not answer',
        instructions:
          'Answer from the pages that were found, and name manual and page.\nIf they do not answer the question, say so, and guess nothing.',
        provider: 'google',
        model: 'gemini-2.5-flash',
        temperature: 0.1,
      },
    ],
  },
  'code-review': {
    displayName: 'Code review',
    description: 'Reads every change of the robot firmware before a colleague does.',
    parameters: [
      text('diff', 'The change.'),
      { name: 'strict', type: 'BOOLEAN', required: false, description: 'Also names doubts.' },
    ],
    collaborators: { 'linus@acme.example': 'ADMIN' },
    revisions: [
      {
        by: 'linus@acme.example',
        deployedBy: CI,
        comment: 'First version',
        instructions: REVIEW_1,
        provider: 'anthropic',
        model: 'claude-sonnet-4-6',
      },
      {
        by: CI,
        deployedBy: CI,
        comment: 'Looks at concurrency on its own',
        instructions: `${REVIEW_1}\n\nWhere threads or interrupts meet, go through every order in which they can.`,
        provider: 'anthropic',
        model: 'claude-sonnet-4-6',
      },
      {
        by: 'linus@acme.example',
        comment: 'To be tried: a larger model for safety-critical modules',
        instructions: `${REVIEW_1}\n\nWhere threads or interrupts meet, go through every order in which they can.\nName the requirement that a safety-critical change touches.`,
        provider: 'anthropic',
        model: 'claude-opus-5',
        maxOutputTokens: 8000,
      },
    ],
    draftsAgo: [1.6],
  },
  'incident-report': {
    displayName: 'Incident report',
    description: 'Writes the report of a night’s incidents for the morning meeting.',
    parameters: [text('log', 'Events of the night.')],
    collaborators: {},
    revisions: [
      {
        by: 'tomas@acme.example',
        deployedBy: RELEASE,
        comment: 'First version',
        instructions:
          'Write what happened, when, to which machine, and what was done. No guesses about causes.',
        provider: 'google',
        model: 'gemini-2.5-pro',
      },
    ],
  },
  'voice-desk': {
    displayName: 'Voice desk',
    description: 'Takes calls when nobody is at the desk, and writes down who should call back.',
    parameters: [],
    collaborators: { 'jonas@acme.example': 'EDITOR' },
    revisions: [
      {
        by: 'tomas@acme.example',
        deployedBy: 'tomas@acme.example',
        comment: 'First version',
        instructions: 'Greet, ask for name and number, ask what it is about, and repeat it.',
        provider: 'openai',
        model: 'gpt-4o-realtime-preview',
      },
    ],
  },
  'nightly-evals': {
    displayName: 'Nightly evaluations',
    description: 'Judges the answers of the other agents every night.',
    parameters: [text('question', 'As it was asked.'), text('answer', 'As it was given.')],
    collaborators: { 'mei@acme.example': 'ADMIN' },
    revisions: [
      {
        by: 'mei@acme.example',
        deployedBy: RELEASE,
        comment: 'First version',
        instructions: 'Grade the answer from 1 to 5 for correctness, and give one reason.',
        provider: 'openai',
        model: 'gpt-5-mini',
        temperature: 0,
      },
    ],
  },
  'tour-planner': {
    displayName: 'Tour planner',
    description: 'Plans the tours of the night shift.',
    parameters: [text('orders', 'Of the night.')],
    collaborators: { 'noah@globex.example': 'ADMIN' },
    revisions: [
      {
        by: 'noah@globex.example',
        deployedBy: 'noah@globex.example',
        comment: 'First version',
        instructions: 'Plan tours that end before six in the morning.',
        provider: 'deepseek',
        model: 'deepseek-chat',
      },
      {
        by: 'noah@globex.example',
        deployedBy: 'omar@globex.example',
        comment: 'Respects driving times',
        instructions:
          'Plan tours that end before six in the morning.\nNobody drives for more than four and a half hours without a break.',
        provider: 'deepseek',
        model: 'deepseek-chat',
      },
    ],
  },
}
