import { localDateTime } from '@/lib/local-date'
import { type KindDefinition, pagePath } from '@/lib/notifications/kind'

export interface TeamFacts {
  'role-changed': { before: string; after: string; changedBy: string }
  /** To somebody who has an account already. */
  invitation: { invitedBy: string; roleLabel: string; email: string; expiresAt: number }
}

const ORGANIZATION = 'your organization'

/** In no organization: it is about joining one. */
const OWN_INVITATIONS = '/invitations'

export const TEAM_KINDS: { [Kind in keyof TeamFacts]: KindDefinition<TeamFacts[Kind]> } = {
  'role-changed': {
    label: 'Role changed',
    description: 'When somebody gives you another role in an organization.',
    group: 'Security',
    inApp: true,
    email: 'INSTANT',
    locked: 'A role decides what you and your tokens may do.',
    words: (facts, place) => ({
      title: `Your role in ${place.organizationName ?? ORGANIZATION} is now ${facts.after}`,
      body: `${facts.changedBy} changed it from ${facts.before} to ${facts.after}. It counts from now on, for your personal tokens too.`,
      action: { label: 'See the team', path: pagePath(place, 'settings/team') },
    }),
  },
  invitation: {
    label: 'Invitation',
    description: 'When you are invited to another organization.',
    group: 'Team and organization',
    inApp: true,
    email: 'INSTANT',
    locked: 'The e-mail holds the link to accept.',
    words: (facts, place) => ({
      title: `${facts.invitedBy} invited you to join ${place.organizationName ?? 'an organization'}`,
      body: `You would join as ${facts.roleLabel}. The link to accept was sent to ${facts.email} and works until ${localDateTime(facts.expiresAt, place.timeZone)}.`,
      action: { label: 'Answer', path: OWN_INVITATIONS },
    }),
  },
}
