import { Badge, type Tone } from '@/components/ui/badge'
import { CodeBlock } from '@/components/ui/code-block'
import { TextLink } from '@/components/ui/text-link'
import type { OperationFacts } from './api-reference'
import { FieldList } from './field-list'
import { InlineText } from './inline-text'

const METHOD_TONES: Record<string, Tone> = {
  GET: 'info',
  POST: 'success',
  PATCH: 'warning',
  DELETE: 'danger',
}

export function MethodBadge({ method }: { method: string }) {
  return (
    <Badge mono tone={METHOD_TONES[method]}>
      {method}
    </Badge>
  )
}

export function OperationCard({ operation }: { operation: OperationFacts }) {
  return (
    <article
      id={operation.id}
      aria-labelledby={`${operation.id}-title`}
      className="flex min-w-0 scroll-mt-4 flex-col gap-4 rounded-lg border border-subtle bg-surface p-4 shadow-card sm:p-5"
    >
      <header className="flex min-w-0 flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <h3 id={`${operation.id}-title`} className="font-medium text-lg">
            <a href={`#${operation.id}`} className="rounded-xs hover:underline">
              {operation.summary}
            </a>
          </h3>
          {operation.isDeprecated ? <Badge tone="warning">Deprecated</Badge> : null}
        </div>
        <p className="flex min-w-0 flex-wrap items-center gap-2">
          <MethodBadge method={operation.method} />
          <code className="min-w-0 text-sm [overflow-wrap:anywhere]">{operation.path}</code>
        </p>
        <p className="flex flex-wrap items-center gap-2 text-muted text-sm">
          {needs(operation)}
          {operation.scopes.map((scope) => (
            <Badge key={scope} mono tone="accent">
              {scope}
            </Badge>
          ))}
        </p>
        {operation.description ? (
          <p className="max-w-2xl text-sm">
            <InlineText text={operation.description} />
          </p>
        ) : null}
      </header>
      {operation.isDeprecated ? null : <Contract operation={operation} />}
    </article>
  )
}

function needs({ peopleOnly, isOpen, scopes }: OperationFacts): string {
  if (isOpen) return 'Needs no credential.'
  if (peopleOnly) return scopes.length > 0 ? 'For signed-in people with' : 'For signed-in people.'
  return scopes.length > 0 ? 'Needs' : 'Any accepted token may call this.'
}

/** An older path shares all of this with its successor, which the description names. */
function Contract({ operation }: { operation: OperationFacts }) {
  return (
    <>
      <FieldList title="Parameters" fields={operation.parameters} />
      {operation.body ? (
        <FieldList
          title={operation.body.isRequired ? 'JSON body' : 'JSON body (may be left out)'}
          fields={operation.body.fields}
        />
      ) : null}
      <Answers operation={operation} />
      <CodeBlock code={operation.curl} label={`curl example of ${operation.id}`} />
    </>
  )
}

function Answers({ operation }: { operation: OperationFacts }) {
  const { answer } = operation
  return (
    <div className="flex flex-col gap-1.5 text-sm">
      <h4 className="font-medium text-muted text-xs">Answers</h4>
      <p className="flex flex-wrap items-center gap-2">
        <Badge mono tone="success">
          {answer.status}
        </Badge>
        <span>{answer.description}</span>
        {answer.schema ? (
          <TextLink href={`#schema-${answer.schema}`}>
            <code className="text-xs">{answer.type}</code>
          </TextLink>
        ) : answer.type ? (
          <code className="text-xs [overflow-wrap:anywhere]">{answer.type}</code>
        ) : null}
      </p>
      <p className="flex flex-wrap items-center gap-1.5 text-muted">
        <TextLink href="#problems">Problems</TextLink>
        {operation.refusals.map((status) => (
          <Badge key={status} mono outline>
            {status}
          </Badge>
        ))}
      </p>
    </div>
  )
}
