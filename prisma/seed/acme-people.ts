import { expandPreset } from '@/lib/access/presets'
import type { DemoPerson, DemoServiceAccount } from '@/prisma/seed/demo-organization'

export const ACME_PEOPLE: DemoPerson[] = [
  {
    email: 'ada@acme.example',
    displayName: 'Ada Lindqvist',
    role: 'ADMIN',
    joinedAgo: 410,
    activeAgo: 0.02,
  },
  {
    email: 'tomas@acme.example',
    displayName: 'Tomás Herrera',
    role: 'ADMIN',
    joinedAgo: 395,
    activeAgo: 0.8,
  },
  {
    email: 'grace@acme.example',
    displayName: 'Grace Okonkwo',
    role: 'FINANCE',
    joinedAgo: 320,
    activeAgo: 1.1,
  },
  {
    email: 'linus@acme.example',
    displayName: 'Linus Berg',
    role: 'MEMBER',
    joinedAgo: 300,
    activeAgo: 0.1,
  },
  {
    email: 'mei@acme.example',
    displayName: 'Mei Tanaka',
    role: 'MEMBER',
    joinedAgo: 260,
    activeAgo: 0.3,
  },
  {
    email: 'priya@acme.example',
    displayName: 'Priya Raman',
    role: 'MEMBER',
    joinedAgo: 180,
    activeAgo: 2.4,
  },
  {
    email: 'jonas@acme.example',
    displayName: 'Jonas Weber',
    role: 'MEMBER',
    joinedAgo: 95,
    activeAgo: 6,
  },
  { email: 'dana@acme.example', displayName: 'Dana Kovač', role: null, joinedAgo: 350 },
]

export const ACME_SERVICE_ACCOUNTS: DemoServiceAccount[] = [
  {
    name: 'prod-agent-runner',
    description: 'Runs the fleet-support agents from the production cluster.',
    scopes: ['agents:read', 'agents:execute', 'traces:write'],
    createdBy: 'ada@acme.example',
    createdAgo: 210,
    narrowed: {
      ago: 44,
      from: ['agents:read', 'agents:write', 'agents:execute', 'traces:write'],
      by: 'tomas@acme.example',
    },
  },
  {
    name: 'agent-release',
    description: 'Deploys reviewed revisions from the release pipeline.',
    scopes: ['agents:read', 'revisions:read', 'revisions:deploy'],
    createdBy: 'ada@acme.example',
    createdAgo: 104,
  },
  {
    name: 'nightly-evals',
    description: 'Runs the evaluation suite at 02:00 UTC and reports to #agent-quality.',
    scopes: ['agents:read', 'agents:test', 'executions:read', 'traces:write', 'datasets:read'],
    createdBy: 'tomas@acme.example',
    createdAgo: 130,
  },
  {
    name: 'stripe-webhook',
    description: 'Delivers payment events to the refund agent. Nothing else.',
    scopes: ['inbound:deliver'],
    createdBy: 'ada@acme.example',
    createdAgo: 88,
  },
  {
    name: 'support-zendesk-bot',
    description: 'Answers tickets. Suspended while its escalation rules are reviewed.',
    scopes: ['agents:read', 'agents:execute', 'participants:read', 'participants:send'],
    createdBy: 'tomas@acme.example',
    createdAgo: 150,
    suspended: { ago: 2.3, by: 'ada@acme.example' },
  },
  {
    name: 'legacy-crm-sync',
    description: 'Copied contacts into the old CRM, which was switched off.',
    scopes: expandPreset('builder'),
    createdBy: 'tomas@acme.example',
    createdAgo: 370,
    revoked: { ago: 31, by: 'tomas@acme.example' },
  },
]
