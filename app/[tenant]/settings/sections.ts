import type { SectionIconName } from '@/components/shell/section-icon'
import { can, type Principal, seesOrganizationInventory } from '@/lib/access/principal'

export interface Section {
  /** The folder of its page under settings/. */
  slug: string
  title: string
  /** One line: what the page is for. */
  description: string
  icon: SectionIconName
  group: (typeof SECTION_GROUPS)[number]
  /** What else people may call it, for the command menu. */
  keywords: readonly string[]
  /** Who is shown the way there. The page authorizes by itself. */
  visibleTo: (principal: Principal) => boolean
}

/** In the order of the sidebar. */
export const SECTION_GROUPS = [
  'Organization',
  'You',
  'Developers',
  'Usage and cost',
  'Security',
] as const

/** The one list: sidebar, command menu, titles and the accessibility test take their sections from it. */
export const SECTIONS = [
  {
    slug: 'general',
    title: 'General',
    description: 'Name, address, logo and the end of the organization.',
    icon: 'building-2',
    group: 'Organization',
    keywords: ['name', 'slug', 'url', 'website', 'logo', 'danger zone', 'delete', 'leave'],
    visibleTo: (principal) => can(principal, 'members:read'),
  },
  {
    slug: 'team',
    title: 'Team',
    description: 'Who belongs to the organization, and what each may do.',
    icon: 'users',
    group: 'Organization',
    keywords: ['members', 'people', 'invite', 'invitations', 'roles', 'admins', 'remove'],
    visibleTo: (principal) => can(principal, 'members:read'),
  },
  {
    slug: 'profile',
    title: 'Profile',
    description: 'Your name and picture, how you sign in, and where you are signed in.',
    icon: 'circle-user',
    group: 'You',
    keywords: ['account', 'avatar', 'picture', 'e-mail', 'my data', 'export'],
    visibleTo: (principal) => can(principal, 'profile:write'),
  },
  {
    slug: 'agents',
    title: 'Agents',
    description: 'What your agents run on, who changed it, and which revision is live.',
    icon: 'bot',
    group: 'Developers',
    keywords: ['agents', 'revisions', 'deploy', 'rollback', 'collaborators', 'prompt', 'public'],
    visibleTo: (principal) => can(principal, 'agents:read'),
  },
  {
    slug: 'api-access',
    title: 'API Access',
    description: 'Tokens and service accounts that let programs act for you and your organization.',
    icon: 'key-round',
    group: 'Developers',
    keywords: [
      'tokens',
      'api keys',
      'service accounts',
      'bearer',
      'credentials',
      'leaks',
      'secrets',
      'scopes',
    ],
    visibleTo: (principal) => can(principal, 'keys:read'),
  },
  {
    slug: 'llm-providers',
    title: 'Model Providers',
    description: 'The accounts whose models your agents run on, and whether they answer.',
    icon: 'cpu',
    group: 'Developers',
    keywords: ['llm', 'models', 'openai', 'anthropic', 'gemini', 'mistral', 'ollama', 'keys'],
    visibleTo: (principal) => can(principal, 'llm_providers:read'),
  },
  {
    slug: 'evaluation-metrics',
    title: 'Evaluation Metrics',
    description:
      'The rubrics that evaluations score against, which agent uses which, and the cases they run on.',
    icon: 'list-checks',
    group: 'Developers',
    keywords: [
      'evals',
      'rubrics',
      'judge',
      'scores',
      'quality',
      'weights',
      'correctness',
      'llm',
      'datasets',
      'cases',
    ],
    visibleTo: (principal) => can(principal, 'datasets:read'),
  },
  {
    slug: 'integrations',
    title: 'Integrations',
    description: 'Tools of this organization that assistants and editors use over MCP.',
    icon: 'plug',
    group: 'Developers',
    keywords: ['mcp', 'model context protocol', 'tools', 'assistants', 'servers', 'connect'],
    visibleTo: (principal) =>
      can(principal, 'integrations:read') && seesOrganizationInventory(principal),
  },
  {
    slug: 'inbound',
    title: 'Inbound',
    description: 'Addresses that other systems send webhooks to, and what became of each delivery.',
    icon: 'webhook',
    group: 'Developers',
    keywords: [
      'webhooks',
      'deliveries',
      'endpoints',
      'dead letter',
      'github',
      'stripe',
      'triggers',
    ],
    visibleTo: (principal) =>
      can(principal, 'integrations:read') && seesOrganizationInventory(principal),
  },
  {
    slug: 'usage',
    title: 'Usage',
    description:
      'What models, requests and storage your organization used, what it cost, and who used it.',
    icon: 'chart-column',
    group: 'Usage and cost',
    keywords: [
      'tokens',
      'cost',
      'spend',
      'models',
      'agents',
      'requests',
      'storage',
      'budgets',
      'csv',
    ],
    visibleTo: (principal) => can(principal, 'usage:read'),
  },
  {
    slug: 'model-pricing',
    title: 'Model Pricing',
    description:
      'What each model costs, since when, and what your own usage would cost on another.',
    icon: 'tags',
    group: 'Usage and cost',
    keywords: ['rates', 'prices', 'models', 'calculator', 'what-if', 'overrides', 'per million'],
    visibleTo: (principal) => can(principal, 'prices:read'),
  },
  {
    slug: 'billing',
    title: 'Billing',
    description: 'Your plan, what this period costs, invoices, and to whom they are made out.',
    icon: 'receipt-text',
    group: 'Usage and cost',
    keywords: [
      'plan',
      'subscription',
      'upgrade',
      'downgrade',
      'cancel',
      'trial',
      'invoices',
      'credit notes',
      'payment',
      'tax id',
      'vat',
      'pdf',
    ],
    visibleTo: (principal) => can(principal, 'billing:read'),
  },
  {
    slug: 'audit-log',
    title: 'Audit Log',
    description: 'Who did what in this organization, in an order that cannot be rewritten.',
    icon: 'scroll-text',
    group: 'Security',
    keywords: ['events', 'history', 'security', 'compliance', 'export', 'trail'],
    visibleTo: seesOrganizationInventory,
  },
  {
    slug: 'outbox',
    title: 'Outbox',
    description: 'E-mails of this organization: what was sent, what waits, and what went wrong.',
    icon: 'mail',
    group: 'Security',
    keywords: ['e-mail', 'mail', 'sent', 'smtp', 'delivery', 'invitations'],
    visibleTo: (principal) =>
      can(principal, 'members:write') && seesOrganizationInventory(principal),
  },
] as const satisfies readonly Section[]

export type SectionSlug = (typeof SECTIONS)[number]['slug']

/** Facts of one section, for its page's title and header. */
export function sectionOf(slug: SectionSlug): Section {
  const section = SECTIONS.find((candidate) => candidate.slug === slug)
  if (!section) throw new RangeError(`Unknown section ${slug}`)
  return section
}

/** What a person may open, in the order of the sidebar. */
export function visibleSections(principal: Principal): Section[] {
  const visible: readonly Section[] = SECTIONS.filter((section) => section.visibleTo(principal))
  return SECTION_GROUPS.flatMap((group) => visible.filter((section) => section.group === group))
}

export function sectionPath(tenant: string, section: Section): string {
  return `/${tenant}/settings/${section.slug}`
}
