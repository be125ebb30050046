import { RelativeTime } from '@/components/ui/relative-time'
import { TextLink } from '@/components/ui/text-link'
import type { LeakPlace } from '@/lib/leaks/model'
import { addressWords, sourceWords } from './leak-words'

export type ReportPlacesProps = { places: readonly LeakPlace[]; tokenName: string; now: number }

/** Where it was seen; the newest, and the others behind a count. */
export function ReportPlaces({ places, tokenName, now }: ReportPlacesProps) {
  const [newest, ...others] = places
  if (!newest) return null
  return (
    <div className="flex min-w-48 max-w-72 flex-col gap-1">
      <Place place={newest} />
      {others.length > 0 ? (
        <details className="text-xs">
          <summary className="w-fit cursor-pointer rounded-xs text-muted hover:text-ink">
            {others.length === 1 ? '1 more place' : `${others.length} more places`}
            <span className="sr-only"> where {tokenName} was seen</span>
          </summary>
          <ul className="mt-1.5 flex flex-col gap-2 border-subtle border-l pl-2.5">
            {others.map((place) => (
              <li key={`${place.source} ${place.kind} ${place.url}`}>
                <Place place={place} />
                <span className="text-muted">
                  <RelativeTime at={place.lastAt} now={now} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}

/** Only what GitHub vouches for is a link: a stranger's address is read, and followed by who wants to. */
function Place({ place }: { place: LeakPlace }) {
  const { source, url, comment } = place
  return (
    <span className="flex min-w-0 flex-col">
      <span>{sourceWords(place)}</span>
      {url === null ? null : source === 'GITHUB' ? (
        <TextLink href={url} external className="w-fit max-w-full truncate text-xs" title={url}>
          {addressWords(url)}
        </TextLink>
      ) : (
        <span className="select-all text-muted text-xs [overflow-wrap:anywhere]">{url}</span>
      )}
      {comment === null ? null : (
        <q className="line-clamp-3 text-muted text-xs [overflow-wrap:anywhere]" title={comment}>
          {comment}
        </q>
      )}
    </span>
  )
}
