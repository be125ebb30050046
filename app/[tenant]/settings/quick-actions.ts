import { can, type Principal, seesOrganizationInventory } from '@/lib/access/principal'

interface QuickAction {
  title: string
  /** Below `/{tenant}/settings/`. */
  path: string
  keywords: readonly string[]
  visibleTo: (principal: Principal) => boolean
}

const QUICK_ACTIONS: readonly QuickAction[] = [
  {
    title: 'Create personal token…',
    path: 'api-access?tab=personal&create=1',
    keywords: ['new', 'mint', 'generate', 'api key', 'secret', 'pat'],
    visibleTo: (principal) => can(principal, 'keys:write'),
  },
  {
    title: 'Create service account…',
    path: 'api-access?tab=service-accounts&create=1',
    keywords: ['new', 'provision', 'machine', 'bot', 'ci', 'token', 'sat'],
    visibleTo: (principal) => can(principal, 'keys:write') && seesOrganizationInventory(principal),
  },
  {
    title: 'Password, two-factor and sessions',
    path: 'profile?tab=security',
    keywords: ['security', '2fa', 'mfa', 'authenticator', 'passkeys', 'recovery codes', 'devices'],
    visibleTo: (principal) => can(principal, 'profile:write'),
  },
  {
    title: 'Invite people…',
    path: 'team?invite=1',
    keywords: ['member', 'colleague', 'user', 'add', 'invitation', 'e-mail'],
    visibleTo: (principal) => can(principal, 'members:write'),
  },
]

/** Acts that the command menu offers this person. The forms behind them authorize by themselves. */
export function visibleQuickActions(principal: Principal): readonly QuickAction[] {
  return QUICK_ACTIONS.filter((action) => action.visibleTo(principal))
}
