import type { OperationGroup } from './api-reference'
import { GUIDE_SECTIONS } from './guide'

const END = [
  { slug: 'problems', title: 'Problems' },
  { slug: 'schemas', title: 'Schemas' },
]

/** The list of everything on the page: beside it on a wide screen, folded above it on a narrow one. */
export function Contents({ groups }: { groups: readonly OperationGroup[] }) {
  return (
    <>
      <nav
        aria-label="On this page"
        className="sticky top-0 hidden max-h-dvh w-60 shrink-0 self-start overflow-y-auto py-8 lg:block"
      >
        <Links groups={groups} />
      </nav>
      <details className="rounded-lg border border-subtle bg-surface px-4 py-3 lg:hidden">
        <summary className="font-medium text-sm">On this page</summary>
        <nav aria-label="On this page, folded" className="pt-3">
          <Links groups={groups} />
        </nav>
      </details>
    </>
  )
}

function Links({ groups }: { groups: readonly OperationGroup[] }) {
  return (
    <ul className="flex flex-col gap-4 text-sm">
      <li>
        <ul className="flex flex-col">
          {GUIDE_SECTIONS.map((section) => (
            <Entry key={section.slug} href={`#${section.slug}`} text={section.title} />
          ))}
        </ul>
      </li>
      {groups.map((group) => (
        <li key={group.slug} className="flex flex-col">
          <a href={`#${group.slug}`} className="rounded-sm px-2 py-1 font-medium hover:bg-hover">
            {group.title}
          </a>
          <ul className="flex flex-col">
            {group.operations.map((operation) => (
              <Entry key={operation.id} href={`#${operation.id}`} text={operation.summary} />
            ))}
          </ul>
        </li>
      ))}
      <li>
        <ul className="flex flex-col">
          {END.map((section) => (
            <Entry key={section.slug} href={`#${section.slug}`} text={section.title} />
          ))}
        </ul>
      </li>
    </ul>
  )
}

function Entry({ href, text }: { href: string; text: string }) {
  return (
    <li>
      <a
        href={href}
        className="block rounded-sm px-2 py-1 text-muted hover:bg-hover hover:text-ink"
      >
        {text}
      </a>
    </li>
  )
}
