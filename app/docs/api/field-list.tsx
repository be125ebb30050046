import { Badge } from '@/components/ui/badge'
import { TextLink } from '@/components/ui/text-link'
import { InlineText } from './inline-text'
import type { FieldFacts } from './schema-fields'

type FieldListProps = {
  title: string
  fields: readonly (FieldFacts & { place?: string })[]
  /** Whether "required" says something here: in answers every field is there unless said otherwise. */
  answers?: boolean | undefined
}

export function FieldList({ title, fields, answers = false }: FieldListProps) {
  return (
    <div className="min-w-0">
      <h4 className="pb-1 font-medium text-muted text-xs">{title}</h4>
      <dl className="divide-y divide-subtle border-subtle border-t">
        {fields.map((field) => (
          <div
            key={`${field.place ?? ''}${field.name}`}
            className="grid gap-x-4 gap-y-1 py-2 sm:grid-cols-[15rem_1fr]"
          >
            <dt className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-1">
              <code className="text-ink text-xs [overflow-wrap:anywhere]">{field.name}</code>
              {!answers && field.isRequired ? <Badge tone="warning">required</Badge> : null}
              {answers && !field.isRequired ? <Badge outline>optional</Badge> : null}
              {field.place ? <span className="text-faint text-xs">{field.place}</span> : null}
            </dt>
            <dd className="flex min-w-0 flex-col gap-1 text-muted text-sm">
              <FieldType field={field} />
              {field.description ? (
                <p>
                  <InlineText text={field.description} />
                </p>
              ) : null}
              {field.values.length > 0 ? (
                <p className="flex flex-wrap gap-1">
                  {field.values.map((value) => (
                    <Badge key={value} mono outline>
                      {value}
                    </Badge>
                  ))}
                </p>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function FieldType({ field }: { field: FieldFacts }) {
  const type = <code className="text-xs">{field.type}</code>
  return (
    <p className="[overflow-wrap:anywhere]">
      {field.schema ? <TextLink href={`#schema-${field.schema}`}>{type}</TextLink> : type}
    </p>
  )
}
