'use client'

import { useId, useState } from 'react'
import { rotateAccountTokens } from '@/app/[tenant]/settings/api-access/service-account-actions'
import { errorAt } from '@/components/settings/action-outcome'
import { focusFirst } from '@/components/settings/focus-first'
import { ProblemNotice } from '@/components/settings/problem-notice'
import { defaultExpiry, expiryDays, expiryProblem } from '@/components/tokens/form/expiry-choice'
import { ExpiryField } from '@/components/tokens/form/expiry-field'
import { MintingSheet } from '@/components/tokens/form/minting-sheet'
import type { TokenFormSetting } from '@/components/tokens/form/token-form-contract'
import { useMinting } from '@/components/tokens/form/use-minting'
import { Callout } from '@/components/ui/callout'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ServiceAccountDetail } from '@/lib/service-accounts/model'
import type { TokenSummary } from '@/lib/tokens/model'
import { grantWords, tokenCount } from './account-words'
import { liveTokens } from './grant-effects'

export type RotateAllSheetProps = {
  account: ServiceAccountDetail
  setting: TokenFormSetting
  onClose: () => void
}

/** Mount to open. One new token with the whole grant; all others end in the same moment. */
export function RotateAllSheet({ account, setting, onClose }: RotateAllSheetProps) {
  const [initial] = useState(() => defaultExpiry(setting.policy))
  const [expiry, setExpiry] = useState(initial)
  const minting = useMinting(setting)
  const baseId = useId()
  const problem = expiryProblem(expiry, setting.policy, setting.now)

  async function submit() {
    if (problem) return focusFirst(baseId, { expiry: problem })
    const keyExpirationDays = expiryDays(expiry, setting.now) ?? null
    await minting.submit((idempotencyKey) =>
      rotateAccountTokens(setting.tenant, {
        serviceAccountId: account.id,
        keyExpirationDays,
        idempotencyKey,
      }),
    )
  }
  return (
    <MintingSheet
      title={`Rotate all tokens of ${account.name}`}
      description="One new token replaces every other. The acting identity stays the same."
      submitLabel="Rotate all tokens"
      doneTitle="Tokens rotated"
      size="md"
      dirty={expiry !== initial}
      minting={minting}
      onSubmit={submit}
      onClose={onClose}
    >
      <ProblemNotice problem={minting.problem} title="The tokens were not rotated" />
      <Consequence tokens={liveTokens(account.tokens)} now={setting.now} />
      <p className="text-muted text-sm">
        The new token gets the account’s whole grant ({grantWords(account.scopes)}) and is live
        before the others are retired.
      </p>
      <ExpiryField
        id={`${baseId}-expiry`}
        label="Expiry of the new token"
        value={expiry}
        onChange={setExpiry}
        policy={setting.policy}
        now={setting.now}
        error={problem ?? errorAt(minting.problem, '/keyExpirationDays', '/query')}
      />
    </MintingSheet>
  )
}

function Consequence({ tokens, now }: { tokens: readonly TokenSummary[]; now: number }) {
  if (tokens.length === 0) return null
  return (
    <Callout tone="warning" title={`${tokenCount(tokens.length)} will stop working immediately`}>
      <ul className="flex flex-col">
        {tokens.map((token) => (
          <li key={token.id} className="[overflow-wrap:anywhere]">
            <span className="font-medium text-ink">{token.name}</span>{' '}
            {token.lastUsedAt === null ? (
              '· never used'
            ) : (
              <>
                · last used <RelativeTime at={token.lastUsedAt} now={now} />
                {token.lastUsedIp ? ` from ${token.lastUsedIp}` : ''}
              </>
            )}
          </li>
        ))}
      </ul>
    </Callout>
  )
}
