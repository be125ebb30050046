import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface ReceivedEmail extends Email {
  recipients: string[]
}

/** A mail server in this process; what it took, read as a mail program would read it. */
export interface MailServerFixture {
  url: string
  /** Taken and refused, in the order they came. */
  offered: ReceivedEmail[]
  taken: ReceivedEmail[]
  /** Says no to whatever this is true for. */
  refuseWhile(refuses: (email: ReceivedEmail) => { code: number; message: string } | null): void
  /** Resolves with the next e-mail that is taken. */
  nextTaken(): Promise<ReceivedEmail>
  close(): Promise<void>
}

export async function startMailServer(): Promise<MailServerFixture> {
  const offered: ReceivedEmail[] = []
  const taken: ReceivedEmail[] = []
  let refusal: Parameters<MailServerFixture['refuseWhile']>[0] = () => null
  let waiting: ((email: ReceivedEmail) => void)[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, answer) => answer(null, { user: 'anybody' }),
    async onData(stream, session, answer) {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk as Buffer)
      const email = {
        ...(await PostalMime.parse(Buffer.concat(chunks))),
        recipients: session.envelope.rcptTo.map(({ address }) => address),
      }
      offered.push(email)
      const no = refusal(email)
      if (no) return answer(Object.assign(new Error(no.message), { responseCode: no.code }))
      taken.push(email)
      for (const resolve of waiting) resolve(email)
      waiting = []
      answer()
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://postmaster:hunter2-Zq9@127.0.0.1:${port}`,
    offered,
    taken,
    refuseWhile(refuses) {
      refusal = refuses
    },
    nextTaken: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
