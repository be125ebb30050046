import { expect, type Locator, type Page } from '@playwright/test'
import { generateSync } from 'otplib'

/** The code that an app with this key shows now. */
export function codeOf(key: string): string {
  return generateSync({ secret: key.replaceAll(/\s/g, '') })
}

/**
 * Sets up an authenticator app on the open security page, as a person who types the key.
 * @returns the key, and the recovery codes that were shown
 */
export async function setUpApp(page: Page): Promise<{ key: string; recoveryCodes: string[] }> {
  await page.getByRole('button', { name: 'Set up app' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up an authenticator app' })
  const key = await keyIn(dialog)
  await dialog.getByLabel('Code that the app shows').fill(codeOf(key))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  const recoveryCodes = await takeRecoveryCodes(page)
  await expect(page.getByText(/^On since/)).toBeVisible()
  return { key, recoveryCodes }
}

export async function keyIn(dialog: Locator): Promise<string> {
  return (await dialog.getByRole('code').textContent()) ?? ''
}

/** Declares the codes stored, and closes. */
export async function takeRecoveryCodes(page: Page): Promise<string[]> {
  const dialog = page.getByRole('dialog', { name: 'Store your recovery codes' })
  await dialog.getByRole('listitem').first().waitFor()
  const codes = await dialog.getByRole('listitem').allTextContents()
  await dialog.getByLabel('I have stored them').check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
  return codes
}

/** Gives the browser an authenticator that keeps passkeys and says yes to everything. */
export async function addAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: true,
      defaultBackupState: true,
    },
  })
}
