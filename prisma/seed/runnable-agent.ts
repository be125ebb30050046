import type { DemoAgentDetails } from '@/prisma/seed/agent-details'

const BRIEFING_1 = 'Write a briefing about {{topic}}.'
const BRIEFING_2 = `Write a briefing about {{topic}} for {{audience}}.

Begin with what changes for Acme, then say what is to be done, and by when.
At most one page.`

/** The agent of the demo that runs here and now: on the local provider, which needs no key and costs nothing. */
export const RUN_HERE = {
  slug: 'acme',
  agent: 'topic-briefing',
  /** Days ago of each revision. */
  revisionsAgo: [21, 6],
  details: {
    displayName: 'Topic briefing',
    description:
      'Briefs a team on a topic. It runs on the local provider: run it by the API, or try it on its page.',
    parameters: [
      {
        name: 'topic',
        type: 'STRING',
        required: true,
        description: 'What the briefing is about, such as the EU AI Act.',
      },
      { name: 'audience', type: 'STRING', required: false, description: 'Who reads it.' },
    ],
    collaborators: { 'linus@acme.example': 'EDITOR' },
    revisions: [
      {
        by: 'ada@acme.example',
        deployedBy: 'ada@acme.example',
        comment: 'First version, in a few words',
        instructions: BRIEFING_1,
        provider: 'local',
        model: 'echo',
        maxOutputTokens: 18,
      },
      {
        by: 'linus@acme.example',
        deployedBy: 'ada@acme.example',
        comment: 'Name the audience, and keep it to a page',
        instructions: BRIEFING_2,
        provider: 'local',
        model: 'echo',
        maxOutputTokens: 800,
      },
    ],
  } satisfies DemoAgentDetails,
} as const satisfies {
  slug: string
  agent: string
  revisionsAgo: readonly number[]
  details: object
}
