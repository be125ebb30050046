import type { InstallationKeys } from '@/lib/context'
import { EmailLinkSealer } from '@/lib/email/link-sealer'
import type { Environment } from '@/lib/env'
import { WebhookSecretSealer } from '@/lib/inbound/secret-sealer'
import { ModelAccess } from '@/lib/llm-providers/model-access'
import { PageTokenSealer } from '@/lib/page-token'
import type { installationSecrets } from '@/lib/secrets'
import { parsePeppers } from '@/lib/tokens/digest'
import { AuthenticatorSecretSealer } from '@/lib/two-factor/secret-sealer'

/** Everything that is derived from the secrets of the installation, in one place. */
export function installationKeys(
  { authSecret, tokenPepper }: ReturnType<typeof installationSecrets>,
  environment: Pick<Environment, 'operatorProviders' | 'LLM_PRIVATE_ORIGINS'>,
): InstallationKeys {
  return {
    peppers: parsePeppers(tokenPepper),
    pageTokens: new PageTokenSealer(authSecret),
    emailLinks: new EmailLinkSealer(authSecret),
    authenticatorSecrets: new AuthenticatorSecretSealer(authSecret),
    webhookSecrets: new WebhookSecretSealer(authSecret),
    modelAccess: new ModelAccess(authSecret, {
      providers: environment.operatorProviders,
      privateOrigins: environment.LLM_PRIVATE_ORIGINS,
    }),
  }
}
