import {
  Building2,
  CircleUser,
  KeyRound,
  type LucideProps,
  Mail,
  ScrollText,
  Users,
} from 'lucide-react'

const ICONS = {
  'building-2': Building2,
  'circle-user': CircleUser,
  'key-round': KeyRound,
  mail: Mail,
  'scroll-text': ScrollText,
  users: Users,
}

export type SectionIconName = keyof typeof ICONS

/** By name, because the list of sections crosses from server to browser as data. */
export function SectionIcon({ name, ...props }: LucideProps & { name: SectionIconName }) {
  const Icon = ICONS[name]
  return <Icon aria-hidden {...props} />
}
