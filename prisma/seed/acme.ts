import { ACME_PEOPLE, ACME_SERVICE_ACCOUNTS } from '@/prisma/seed/acme-people'
import { ACME_TOKENS } from '@/prisma/seed/acme-tokens'
import type { DemoOrganization } from '@/prisma/seed/demo-organization'

/** An organization with an open policy: everything can be tried. */
export const ACME: DemoOrganization = {
  slug: 'acme',
  name: 'Acme Robotics',
  createdAgo: 412,
  policy: { maxLifetimeDays: null, expiryRequired: false, bearerMinting: true },
  people: ACME_PEOPLE,
  serviceAccounts: ACME_SERVICE_ACCOUNTS,
  tokens: ACME_TOKENS,
  invitations: [
    {
      email: 'noor@acme.example',
      role: 'MEMBER',
      by: 'ada@acme.example',
      sentAgo: 0.4,
      message: 'Welcome to the fleet-support team.',
    },
    { email: 'accounts@acme.example', role: 'FINANCE', by: 'tomas@acme.example', sentAgo: 5.7 },
  ],
}
