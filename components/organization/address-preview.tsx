export type AddressPreviewProps = { origin: string; slug: string }

/** What links and API paths look like at this address. */
export function AddressPreview({ origin, slug }: AddressPreviewProps) {
  const shown = slug || '…'
  return (
    <dl className="flex flex-col gap-2 rounded-md bg-inset px-3 py-2.5 text-xs">
      {[
        { term: 'Settings', detail: `${origin}/${shown}/settings` },
        { term: 'API', detail: `${origin}/v1/tenants/${shown}` },
      ].map(({ term, detail }) => (
        <div key={term} className="grid gap-x-4 sm:grid-cols-[4rem_1fr]">
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0 font-mono text-ink [overflow-wrap:anywhere]">{detail}</dd>
        </div>
      ))}
    </dl>
  )
}
