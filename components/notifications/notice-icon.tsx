import {
  AtSign,
  Bell,
  BellRing,
  CalendarClock,
  CircleAlert,
  CircleDollarSign,
  CreditCard,
  FlaskConical,
  Gauge,
  HandCoins,
  Hourglass,
  KeyRound,
  KeySquare,
  LockKeyhole,
  type LucideIcon,
  MailOpen,
  MonitorSmartphone,
  OctagonAlert,
  ReceiptText,
  ShieldAlert,
  ShieldCheck,
  Siren,
  UserCog,
  UserPlus,
  Webhook,
} from 'lucide-react'
import { cn } from '@/components/ui/class-names'
import type { NotificationKind } from '@/lib/notifications/model'

const ICONS: Record<NotificationKind, LucideIcon> = {
  'token-expiring': CalendarClock,
  'token-changed': KeyRound,
  'token-leaked': Siren,
  'retired-secret-used': ShieldAlert,
  'new-sign-in': MonitorSmartphone,
  'password-changed': LockKeyhole,
  'email-changed': AtSign,
  'two-factor-changed': ShieldCheck,
  'role-changed': UserCog,
  invitation: MailOpen,
  'agent-runs-failed': OctagonAlert,
  'agent-access-requested': UserPlus,
  'agent-access-answered': KeySquare,
  'budget-threshold': Gauge,
  'budget-exhausted': CircleDollarSign,
  'invoice-issued': ReceiptText,
  'payment-overdue': CircleAlert,
  'payment-recorded': HandCoins,
  'subscription-changed': CreditCard,
  'trial-ending': Hourglass,
  'delivery-dead': Webhook,
  'evaluation-ended': FlaskConical,
  test: BellRing,
}

/** What somebody else may be doing with what is yours. */
const ALARMING: ReadonlySet<string> = new Set<NotificationKind>([
  'retired-secret-used',
  'token-leaked',
])

export type NoticeIconProps = { kind: string; unread: boolean }

export function NoticeIcon({ kind, unread }: NoticeIconProps) {
  const known: Readonly<Partial<Record<string, LucideIcon>>> = ICONS
  const Icon = known[kind] ?? Bell
  return (
    <span
      aria-hidden
      className={cn(
        'grid size-8 shrink-0 place-items-center rounded-md border',
        look(kind, unread),
      )}
    >
      <Icon className="size-4" />
    </span>
  )
}

function look(kind: string, unread: boolean): string {
  if (!unread) return 'border-subtle bg-surface text-faint'
  return ALARMING.has(kind)
    ? 'border-danger-line bg-danger-soft text-danger-text'
    : 'border-accent-line bg-accent-soft text-accent-text'
}
