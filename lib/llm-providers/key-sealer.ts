import { TextSealer } from '@/lib/sealed-text'

interface KeyPlace {
  organizationId: string
  configId: string
  baseUrl: string
}

/** Seals the keys of providers, each for its row and for the server that it may be sent to. */
export class ProviderKeySealer extends TextSealer {
  /** @param secret the installation's secret; all processes must share it */
  constructor(secret: string) {
    super(secret, 'fruxon model provider key')
  }

  sealKey(place: KeyPlace, key: string): Buffer {
    return this.seal(recordOf(place), key)
  }

  /** @throws Error where it was sealed for another row or server, by another installation, or changed since */
  openKey(place: KeyPlace, sealed: Uint8Array): string {
    return this.open(recordOf(place), sealed)
  }
}

function recordOf({ organizationId, configId, baseUrl }: KeyPlace): string {
  return `${organizationId} ${configId} ${new URL(baseUrl).origin}`
}
