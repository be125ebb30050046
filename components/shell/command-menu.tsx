'use client'

import { Bell, BellRing, BookOpen, Keyboard, LogOut, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { preferencesHref } from '@/components/notifications/preferences-href'
import { SectionIcon } from '@/components/shell/section-icon'
import type { ShellFacts } from '@/components/shell/shell-facts'
import { leave } from '@/components/shell/sign-out'
import { THEME_OPTIONS } from '@/components/shell/theme-options'
import { useTheme } from '@/components/shell/theme-provider'
import { Avatar } from '@/components/ui/avatar'
import { CommandDialog, CommandEmpty, CommandGroup, CommandItem } from '@/components/ui/command'
import { Kbd } from '@/components/ui/kbd'

export type CommandMenuProps = {
  facts: ShellFacts
  open: boolean
  onOpenChange: (open: boolean) => void
  onShowShortcuts: () => void
}

export function CommandMenu({ facts, open, onOpenChange, onShowShortcuts }: CommandMenuProps) {
  const router = useRouter()
  const { choice, choose } = useTheme()
  /** Closes first, so that the focus is back on the page before it changes. */
  const closeAnd = (act: () => void) => () => {
    onOpenChange(false)
    act()
  }
  const go = (href: string) => closeAnd(() => router.push(href))
  const sections = facts.sectionGroups.flatMap((group) => group.sections)
  const others = facts.organizations.filter(({ slug }) => slug !== facts.organization.slug)
  return (
    <CommandDialog open={open} onOpenChange={onOpenChange} label="Command menu" footer={<Keys />}>
      <CommandEmpty>Nothing matches. Try another word.</CommandEmpty>
      <CommandGroup heading="Go to">
        {sections.map(({ href, title, icon, keywords }) => (
          <CommandItem
            key={href}
            value={title}
            keywords={keywords}
            icon={<SectionIcon name={icon} />}
            onSelect={go(href)}
          >
            {title}
          </CommandItem>
        ))}
        <CommandItem
          value="Notifications"
          keywords={['inbox', 'unread', 'delivery log', 'alerts', 'bell']}
          icon={<Bell aria-hidden />}
          onSelect={go(`/${facts.organization.slug}/notifications`)}
        >
          Notifications
        </CommandItem>
        <CommandItem
          value="Notification preferences"
          keywords={['e-mail', 'daily', 'digest', 'mute', 'time zone', 'unsubscribe']}
          icon={<BellRing aria-hidden />}
          onSelect={go(preferencesHref(facts.organization.slug))}
        >
          Notification preferences
        </CommandItem>
        <CommandItem
          value="API reference"
          keywords={['docs', 'documentation', 'openapi', 'rest']}
          icon={<BookOpen aria-hidden />}
          onSelect={go('/docs/api')}
        >
          API reference
        </CommandItem>
      </CommandGroup>
      {facts.commands.length > 0 ? (
        <CommandGroup heading="Actions">
          {facts.commands.map(({ title, href, keywords }) => (
            <CommandItem
              key={href}
              value={title}
              keywords={keywords}
              icon={<Plus aria-hidden />}
              onSelect={go(href)}
            >
              {title}
            </CommandItem>
          ))}
        </CommandGroup>
      ) : null}
      {others.length > 0 ? (
        <CommandGroup heading="Switch organization">
          {others.map(({ slug, name, logoId, roleLabel }) => (
            <CommandItem
              key={slug}
              value={`${name} ${slug}`}
              keywords={['organization', 'switch', 'tenant']}
              icon={<Avatar name={name} seed={slug} pictureId={logoId} shape="square" size="sm" />}
              trailing={roleLabel}
              onSelect={go(`/${slug}/settings`)}
            >
              {name}
            </CommandItem>
          ))}
        </CommandGroup>
      ) : null}
      <CommandGroup heading="Theme">
        {THEME_OPTIONS.map(({ value, label, icon }) => (
          <CommandItem
            key={value}
            value={`${label} theme`}
            keywords={['appearance', 'colour', 'color', 'mode']}
            icon={icon}
            trailing={choice === value ? 'Current' : null}
            onSelect={closeAnd(() => choose(value))}
          >
            {label} theme
          </CommandItem>
        ))}
      </CommandGroup>
      <CommandGroup heading="Help and account">
        <CommandItem
          value="Keyboard shortcuts"
          icon={<Keyboard aria-hidden />}
          trailing={<Kbd>?</Kbd>}
          onSelect={closeAnd(onShowShortcuts)}
        >
          Keyboard shortcuts
        </CommandItem>
        <CommandItem
          value="Sign out"
          keywords={['log out', 'logout']}
          icon={<LogOut aria-hidden />}
          onSelect={closeAnd(() => void leave())}
        >
          Sign out
        </CommandItem>
      </CommandGroup>
    </CommandDialog>
  )
}

function Keys() {
  return (
    <>
      <span className="flex items-center gap-1.5">
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd> move
      </span>
      <span className="flex items-center gap-1.5">
        <Kbd>Enter</Kbd> choose
      </span>
      <span className="flex items-center gap-1.5">
        <Kbd>Esc</Kbd> close
      </span>
    </>
  )
}
