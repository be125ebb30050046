import { KeyRound, type LucideProps, ScrollText } from 'lucide-react'

const ICONS = { 'key-round': KeyRound, 'scroll-text': ScrollText }

export type SectionIconName = keyof typeof ICONS

/** By name, because the list of sections crosses from server to browser as data. */
export function SectionIcon({ name, ...props }: LucideProps & { name: SectionIconName }) {
  const Icon = ICONS[name]
  return <Icon aria-hidden {...props} />
}
