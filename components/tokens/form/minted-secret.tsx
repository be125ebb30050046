'use client'

import { type SecretCustody, SecretReveal } from '@/components/settings/secret-reveal'
import { Callout } from '@/components/ui/callout'
import { CodeBlock } from '@/components/ui/code-block'
import { CopyTextButton } from '@/components/ui/copy-text-button'
import type { MintedToken } from '@/lib/tokens/model'
import { reviewSentence } from '@/lib/tokens/review-sentence'

export type MintedSecretProps = {
  /** Kept in component state only, and dropped when the sheet closes. */
  minted: MintedToken
  custody: SecretCustody
  /** Base of the API: "https://settings.example.com". */
  publicUrl: string
  tenant: string
}

/** The one showing of a fresh secret, with a call to try it. */
export function MintedSecret({ minted, custody, publicUrl, tenant }: MintedSecretProps) {
  const { token: secret, summary } = minted
  if (secret === null) {
    return (
      <Callout tone="warning" title="The secret was already shown">
        This request had been answered before, so the token {summary.name} exists but its secret
        cannot be shown again. Rotate it to get a new one.
      </Callout>
    )
  }
  const url = `${publicUrl}/v1/tenants/${tenant}/tokens/current`
  return (
    <SecretReveal secret={secret} custody={custody} label={`Secret of ${summary.name}`}>
      <p className="text-muted text-sm">
        {reviewSentence({ scopes: summary.scopes, expiresAt: summary.effectiveExpiresAt })}
      </p>
      <div className="flex flex-col gap-1.5">
        <div className="flex items-end justify-between gap-2">
          <span className="font-medium text-ink text-sm">Try it</span>
          <CopyTextButton
            value={snippet(secret, url)}
            label="Copy with the secret"
            size="sm"
            onCopied={custody.markCopied}
          />
        </div>
        <CodeBlock
          label="curl example"
          code={snippet(`${summary.displayPrefix}…${summary.last4}`, url)}
          copyable={false}
        />
      </div>
    </SecretReveal>
  )
}

/** By way of the environment, so that the call itself never shows the secret in a list of processes. */
function snippet(secret: string, url: string): string {
  return [
    `export FRUXON_TOKEN='${secret}'`,
    `curl -X GET "${url}" \\`,
    `  -H "Authorization: Bearer $FRUXON_TOKEN"`,
  ].join('\n')
}
