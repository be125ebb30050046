import { TextSealer } from '@/lib/sealed-text'

/** Seals the signing secrets of an endpoint, each bound to its row. */
export class WebhookSecretSealer extends TextSealer {
  /** @param secret the installation's secret; all processes must share it */
  constructor(secret: string) {
    super(secret, 'fruxon webhook secret')
  }
}
