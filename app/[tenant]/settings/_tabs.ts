import type { TabsNavItem } from '@/components/ui/tabs-nav'

interface Tab {
  id: string
  label: string
}

/** The tab that the address asks for; the first where it asks for none. */
export function tabOf<Tabs extends readonly [Tab, ...Tab[]]>(
  tabs: Tabs,
  { tab }: Record<string, string | string[] | undefined>,
): Tabs[number] {
  return tabs.find(({ id }) => id === tab) ?? tabs[0]
}

/** @param base the address of the page, which is the first tab's */
export function tabLinks(tabs: readonly Tab[], current: Tab, base: string): TabsNavItem[] {
  return tabs.map(({ id, label }, place) => ({
    href: place === 0 ? base : `${base}?tab=${id}`,
    label,
    current: id === current.id,
  }))
}
