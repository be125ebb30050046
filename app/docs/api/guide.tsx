import type { ReactNode } from 'react'
import { Callout } from '@/components/ui/callout'
import { CodeBlock } from '@/components/ui/code-block'
import { InlineText } from './inline-text'

/** What holds for every call, before the operations one by one. */

const firstCall = (origin: string) => `export FRUXON_URL=${origin}
export TENANT=acme
export FRUXON_TOKEN=fx_pat_…

curl "$FRUXON_URL/v1/tenants/$TENANT/tokens/current" \\
  -H "Authorization: Bearer $FRUXON_TOKEN"`

const PROBLEM = `HTTP/1.1 403 Forbidden
Content-Type: application/problem+json
WWW-Authenticate: Bearer error="insufficient_scope", scope="keys:write"

{
  "type": "https://docs.fruxon.com/problems/insufficient_scope",
  "title": "The caller may not do this",
  "status": 403,
  "detail": "This needs the scope keys:write.",
  "instance": "/v1/tenants/acme/tokens:generate",
  "code": "insufficient_scope",
  "requestId": "019ab3f0-6a55-7c1e-9d5f-2f6c2f9f7b11",
  "missingScopes": ["keys:write"]
}`

const IMPORT = `printf %s "$FRUXON_API_KEY" | sha256sum   # the digest, for tokens:import
curl "$FRUXON_URL/v1/tenants/$TENANT/tokens/current" \\
  -H "Authorization: Bearer $FRUXON_API_KEY"   # works once imported`

export const GUIDE_SECTIONS = [
  { slug: 'authentication', title: 'Authentication' },
  { slug: 'conventions', title: 'Conventions' },
  { slug: 'errors', title: 'Errors' },
  { slug: 'migration', title: 'Moving from API keys' },
] as const

export type GuideProps = {
  /** Where this installation is reached. */
  origin: string
}

export function Guide({ origin }: GuideProps) {
  return (
    <>
      <GuideSection slug="authentication" title="Authentication">
        <Text>
          Send every call with `Authorization: Bearer` and one token. Nothing else is read: no
          cookie, no `X-API-KEY`, and never a token in the URL. `{'{tenant}'}` is the slug or the id
          of the organization; the paths of another one answer 404.
        </Text>
        <Text>
          Members, the own account and own invitations are the exception: no token can act there.
          They take the cookie of somebody who is signed in to the dashboard, from the pages of this
          site only, and whatever changes something must come with its `Origin`.
        </Text>
        <CodeBlock code={firstCall(origin)} label="first call" />
        <Text>
          A token can do what it was granted and its owner can still do: the role of a person, or
          the grant of a service account, is read anew at each call. Revoking, suspending and
          demoting hold from the very next call on.
        </Text>
      </GuideSection>
      <GuideSection slug="conventions" title="Conventions">
        <ul className="flex list-disc flex-col gap-2 pl-5 text-sm">
          <Point>Times are integers in epoch milliseconds. Ids are UUIDs.</Point>
          <Point>
            Lists answer with `items`, `nextPageToken` (empty at the end) and `totalCount`, which
            ends at 10,000 for executions and deliveries of webhooks: then there may be more. Ask
            for the next page with `pageToken` and the same filters. Only the list of tokens is a
            bare array, whose next page is named by the `Link` header.
          </Point>
          <Point>
            Bodies are JSON of at most 64 KiB. Unknown fields are refused, so that a typing error
            never passes as "not given".
          </Point>
          <Point>
            `Idempotency-Key` on creating and rotating: for 24 hours the same key creates one token.
            A replay answers with the same id and `token: null`, because the secret is stored
            nowhere.
          </Point>
          <Point>
            `RateLimit` says how many calls the caller has left and for how many seconds. A 429
            comes with `Retry-After`.
          </Point>
          <Point>
            `Fruxon-Token-Expiration` tells on each answer when the calling token expires; rotate
            before that.
          </Point>
        </ul>
      </GuideSection>
      <GuideSection slug="errors" title="Errors">
        <Text>
          Every refusal is a problem document (RFC 9457). Branch on `code`, which is stable; show
          `detail` to people; quote `requestId` to support. `errors` points at each bad field.
        </Text>
        <CodeBlock code={PROBLEM} label="problem example" />
      </GuideSection>
      <GuideSection slug="migration" title="Moving from API keys">
        <Callout tone="warning" title="X-API-KEY is refused">
          Send the same value as a Bearer token. The older paths under /apiKeys answer until 1
          November 2027 and say so in their Deprecation and Sunset headers.
        </Callout>
        <ul className="flex list-disc flex-col gap-2 pl-5 text-sm">
          <Point>`X-API-KEY: …` becomes `Authorization: Bearer …`.</Point>
          <Point>`/apiKeys` becomes `/tokens`; verbs and fields stay.</Point>
          <Point>
            Keys that start with `fx_live_` or `fxn_live_` work once an admin has imported their
            SHA-256, and until they are rotated. The replacement is an `fx_pat_` or `fx_sat_` token.
          </Point>
          <Point>
            Rotation makes a token with a new id. `familyId` stays: history and activity are read by
            it.
          </Point>
        </ul>
        <CodeBlock code={IMPORT} label="import example" />
      </GuideSection>
    </>
  )
}

function GuideSection({
  slug,
  title,
  children,
}: {
  slug: string
  title: string
  children: ReactNode
}) {
  return (
    <section
      id={slug}
      aria-labelledby={`${slug}-title`}
      className="flex min-w-0 scroll-mt-4 flex-col gap-3"
    >
      <h2 id={`${slug}-title`} className="font-semibold text-lg">
        {title}
      </h2>
      {children}
    </section>
  )
}

function Text({ children }: { children: string | string[] }) {
  return (
    <p className="max-w-2xl text-sm">
      <InlineText text={[children].flat().join('')} />
    </p>
  )
}

function Point({ children }: { children: string }) {
  return (
    <li className="max-w-2xl">
      <InlineText text={children} />
    </li>
  )
}
