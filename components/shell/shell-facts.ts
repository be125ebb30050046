import type { UnreadFacts } from '@/components/notifications/unread-store'
import type { SectionIconName } from '@/components/shell/section-icon'

/** What the frame around every page knows. Made on the server, already filtered by permission. */
export interface ShellFacts {
  organization: OrganizationLink
  /** All that the person belongs to, the present one included. */
  organizations: OrganizationLink[]
  person: { userId: string; displayName: string; email: string; avatarId: string | null }
  unread: UnreadFacts
  sectionGroups: { label: string; sections: SectionLink[] }[]
  commands: CommandLink[]
}

export interface OrganizationLink {
  slug: string
  name: string
  logoId: string | null
  roleLabel: string
}

export interface SectionLink {
  href: string
  title: string
  icon: SectionIconName
  keywords: string[]
}

/** An act that begins at an address, such as opening a form. */
export interface CommandLink {
  title: string
  href: string
  keywords: string[]
}
