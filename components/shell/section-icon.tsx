import {
  Bot,
  Building2,
  ChartColumn,
  CircleUser,
  Cpu,
  KeyRound,
  ListChecks,
  type LucideProps,
  Mail,
  Plug,
  ReceiptText,
  ScrollText,
  Tags,
  Users,
  Webhook,
} from 'lucide-react'

const ICONS = {
  bot: Bot,
  'building-2': Building2,
  'chart-column': ChartColumn,
  'circle-user': CircleUser,
  cpu: Cpu,
  'key-round': KeyRound,
  'list-checks': ListChecks,
  mail: Mail,
  plug: Plug,
  'receipt-text': ReceiptText,
  'scroll-text': ScrollText,
  tags: Tags,
  users: Users,
  webhook: Webhook,
}

export type SectionIconName = keyof typeof ICONS

/** By name, because the list of sections crosses from server to browser as data. */
export function SectionIcon({ name, ...props }: LucideProps & { name: SectionIconName }) {
  const Icon = ICONS[name]
  return <Icon aria-hidden {...props} />
}
