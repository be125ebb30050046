import type { Metadata } from 'next'
import { TextLink } from '@/components/ui/text-link'
import { runtime } from '@/lib/runtime'
import { readApiReference } from './api-reference'
import { Contents } from './contents'
import { FieldList } from './field-list'
import { Guide } from './guide'
import { OperationCard } from './operation-card'
import { ProblemsTable } from './problems-table'

export const metadata: Metadata = { title: 'API reference' }

export default function ApiReferencePage() {
  const { groups, schemas } = readApiReference()
  return (
    <div className="mx-auto flex max-w-[82rem] flex-col gap-6 px-4 sm:px-6 lg:flex-row lg:gap-10">
      <Contents groups={groups} />
      <main className="flex min-w-0 flex-1 flex-col gap-10 py-2 pb-16 lg:max-w-table lg:py-8">
        <header className="flex flex-col gap-1">
          <h1 className="font-semibold text-xl">API reference</h1>
          <p className="text-muted text-sm">
            Everything that programs can do with tokens, service accounts and their history. Also as{' '}
            <TextLink href="/v1/openapi.json" prefetch={false}>
              OpenAPI 3.1
            </TextLink>
            .
          </p>
        </header>
        <Guide origin={new URL(runtime().environment.PUBLIC_URL).origin} />
        {groups.map((group) => (
          <section
            key={group.slug}
            id={group.slug}
            aria-labelledby={`${group.slug}-title`}
            className="flex min-w-0 scroll-mt-4 flex-col gap-4"
          >
            <div>
              <h2 id={`${group.slug}-title`} className="font-semibold text-lg">
                {group.title}
              </h2>
              <p className="text-muted text-sm">{group.description}</p>
            </div>
            {group.operations.map((operation) => (
              <OperationCard key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
        <ProblemsTable />
        <Schemas schemas={schemas} />
      </main>
    </div>
  )
}

function Schemas({ schemas }: { schemas: ReturnType<typeof readApiReference>['schemas'] }) {
  return (
    <section
      id="schemas"
      aria-labelledby="schemas-title"
      className="flex min-w-0 scroll-mt-4 flex-col gap-4"
    >
      <h2 id="schemas-title" className="font-semibold text-lg">
        Schemas
      </h2>
      {schemas.map((schema) => (
        <article
          key={schema.name}
          id={`schema-${schema.name}`}
          className="flex min-w-0 scroll-mt-4 flex-col gap-2 rounded-lg border border-subtle bg-surface p-4 shadow-card sm:p-5"
        >
          <h3 className="font-medium text-base">{schema.name}</h3>
          {schema.fields.length > 0 ? (
            <FieldList title="Fields" fields={schema.fields} answers />
          ) : (
            <p className="text-muted text-sm">
              A string of the form <code className="text-xs">resource:action</code>; GET
              tokens/scopes lists and explains all of them.
            </p>
          )}
        </article>
      ))}
    </section>
  )
}
