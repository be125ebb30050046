import { SectionCard } from '@/components/settings/section-card'
import { CodeBlock } from '@/components/ui/code-block'
import { DescriptionList } from '@/components/ui/description-list'
import type { DeliveryDetail } from '@/lib/inbound/model'
import { sizeWords } from './inbound-words'

/** Body and headers as they came, but for headers that may hold a secret. */
export function DeliveryContent({ delivery }: { delivery: DeliveryDetail }) {
  const names = Object.keys(delivery.headers).sort()
  return (
    <>
      <SectionCard title="Body" description={bodyWords(delivery)}>
        {delivery.text ? (
          <CodeBlock
            code={laidOut(delivery.text)}
            label="content"
            className="max-h-112 overflow-y-auto"
          />
        ) : undefined}
      </SectionCard>
      <SectionCard
        title="Headers"
        description="Values are kept of those only that cannot hold a secret."
      >
        <DescriptionList
          items={names.map((name) => ({
            term: name,
            detail: delivery.headers[name] ?? <span className="text-muted">not kept</span>,
          }))}
        />
      </SectionCard>
    </>
  )
}

function bodyWords({ trimmed, text, cut, size, contentType }: DeliveryDetail): string {
  if (trimmed)
    return 'Not kept any more: the content of finished deliveries is removed after some days.'
  if (size === 0) return 'Empty.'
  const kind = contentType ?? 'no content type'
  if (text === null) return `${sizeWords(size)} of ${kind}, which is no text.`
  return cut ? `The beginning of ${sizeWords(size)} of ${kind}.` : `${sizeWords(size)} of ${kind}.`
}

/** JSON on lines of its own; everything else as it came. */
function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
