import { TextSealer } from '@/lib/sealed-text'

/** Seals what an authenticator app and the server both know, bound to the person. */
export class AuthenticatorSecretSealer extends TextSealer {
  /** @param secret the installation's secret; all processes must share it */
  constructor(secret: string) {
    super(secret, 'fruxon authenticator app')
  }
}
