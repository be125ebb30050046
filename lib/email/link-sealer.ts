import { TextSealer } from '@/lib/sealed-text'

/** Seals the one-time link of an e-mail while it waits, bound to that e-mail. */
export class EmailLinkSealer extends TextSealer {
  /** @param secret the installation's secret; all processes must share it */
  constructor(secret: string) {
    super(secret, 'fruxon e-mail link')
  }
}
