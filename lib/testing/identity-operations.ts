import { beginPasskeyProof, confirmIdentity, identityProofs } from '@/lib/auth/confirm-identity'
import { newId } from '@/lib/ids'
import { type Operation, UNCOUNTED } from '@/lib/testing/operation'
import { beginApp, confirmApp, removeApp } from '@/lib/two-factor/app'
import {
  beginPasskey,
  registerPasskey,
  removePasskey,
  renamePasskey,
} from '@/lib/two-factor/passkeys'
import { renewRecoveryCodes } from '@/lib/two-factor/recovery-codes'
import { twoFactorState } from '@/lib/two-factor/state'

const relyingParty = { id: 'localhost', name: 'Fruxon', origin: 'http://localhost' }

const noPasskey = {
  id: 'none',
  rawId: 'none',
  type: 'public-key' as const,
  response: { clientDataJSON: '', attestationObject: '' },
}

/** Proofs of who somebody is, and the second factors that give them. */
export const IDENTITY_OPERATIONS: Record<string, Operation> = {
  identityProofs: { on: 'organization', run: identityProofs },
  beginPasskeyProof: {
    on: 'organization',
    run: (ctx) => beginPasskeyProof(ctx, relyingParty),
  },
  confirmIdentity: {
    on: 'organization',
    run: (ctx) =>
      confirmIdentity(
        ctx,
        { method: 'password', password: 'a guess' },
        { throttle: UNCOUNTED, codeThrottle: UNCOUNTED, relyingParty },
      ),
  },
  twoFactorState: { on: 'organization', run: twoFactorState },
  beginApp: { on: 'organization', run: beginApp },
  confirmApp: { on: 'organization', run: (ctx) => confirmApp(ctx, { code: '000 000' }) },
  removeApp: { on: 'organization', run: removeApp },
  renewRecoveryCodes: { on: 'organization', run: renewRecoveryCodes },
  beginPasskey: {
    on: 'organization',
    run: (ctx) => beginPasskey(ctx, relyingParty),
  },
  registerPasskey: {
    on: 'organization',
    run: (ctx) => registerPasskey(ctx, { name: 'a key', response: noPasskey }, relyingParty),
  },
  renamePasskey: {
    on: 'organization',
    run: (ctx) => renamePasskey(ctx, { passkeyId: newId(), name: 'renamed' }),
  },
  removePasskey: {
    on: 'organization',
    run: (ctx) => removePasskey(ctx, { passkeyId: newId() }),
  },
}
