import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto'
import type { RelyingParty } from '@/lib/two-factor/model'

/** An authenticator in software: what a browser would send, signed with a real key (ES256). */

const FLAGS = { present: 0x01, verified: 0x04, backupEligible: 0x08, backedUp: 0x10, data: 0x40 }

interface Traits {
  /** Whether it counts its uses, from 1; else it always says 0. */
  counts?: boolean
  backedUp?: boolean
}

interface Use {
  /** In place of what the authenticator would say. */
  counter?: number
  userVerified?: boolean
  origin?: string
  userHandle?: string | null
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** The COSE form of a P-256 key, as authenticators hand it over. */
function coseKey(privateKeyPem: string): Buffer {
  const { x = '', y = '' } = createPublicKey(privateKeyPem).export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ])
}

/** @param userId whose passkey it will be; authenticators keep it with the key */
export function softwareAuthenticator(
  userId: string,
  relyingParty: RelyingParty,
  { counts = true, backedUp = false }: Traits = {},
) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  let uses = 0

  function authenticatorData(flags: number, counter: number, rest = Buffer.alloc(0)): Buffer {
    const backup = backedUp ? FLAGS.backupEligible | FLAGS.backedUp : 0
    return Buffer.concat([
      sha256(relyingParty.id),
      Buffer.from([flags | backup]),
      uint32(counter),
      rest,
    ])
  }
  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const envelope = { id, rawId: id, type: 'public-key' as const }

  return {
    credentialId: id,
    publicKey: coseKey(pem),
    /** PKCS#8 in base64, as the DevTools protocol takes it. */
    privateKey: createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    /** Answers `beginPasskey`. */
    create({ challenge }: { challenge: string }, { userVerified = true, origin }: Use = {}) {
      const flags = FLAGS.present | FLAGS.data | (userVerified ? FLAGS.verified : 0)
      const length = Buffer.from([credentialId.length >> 8, credentialId.length & 0xff])
      const data = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(pem)])
      const authData = authenticatorData(flags, 0, data)
      const size = Buffer.from([0x58, authData.length])
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
        size,
        authData,
      ])
      const client = clientData('webauthn.create', challenge, origin ?? relyingParty.origin)
      return {
        ...envelope,
        response: {
          clientDataJSON: client.toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    /** Answers `beginPasskeySignIn` and `beginPasskeyProof`. */
    use({ challenge }: { challenge: string }, use: Use = {}) {
      uses += 1
      const { userVerified = true, origin = relyingParty.origin } = use
      const flags = FLAGS.present | (userVerified ? FLAGS.verified : 0)
      const data = authenticatorData(flags, use.counter ?? (counts ? uses : 0))
      const client = clientData('webauthn.get', challenge, origin)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), pem)
      const handle = use.userHandle === undefined ? userId : use.userHandle
      return {
        ...envelope,
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
          ...(handle === null ? {} : { userHandle: Buffer.from(handle).toString('base64url') }),
        },
      }
    },
  }
}
