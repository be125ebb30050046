import { type BrowserContext, expect, type Page } from '@playwright/test'
import { Client } from 'pg'
import type { Product } from '@/e2e/support/product'
import { insertSession, SESSION_COOKIE } from '@/e2e/support/session-cookie'
import { DEMO_PASSWORD } from '@/lib/auth/demo'

/** People of the demo organizations, by what they may do. */
export const DEMO_PEOPLE = {
  acmeAdmin: 'ada@acme.example',
  acmeSecondAdmin: 'tomas@acme.example',
  acmeFinance: 'grace@acme.example',
  acmeMember: 'linus@acme.example',
  globexAdmin: 'omar@globex.example',
  globexMember: 'noah@globex.example',
} as const

/**
 * Signs in through the page, as a person would, and waits until the wanted page is there.
 * @param returnTo a path of the site
 */
export async function signIn(
  page: Page,
  email: string,
  returnTo = '/',
  password = DEMO_PASSWORD,
): Promise<void> {
  await page.goto(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).not.toHaveURL(/\/sign-in/)
  await untilLive(page)
}

/**
 * Opens a page as somebody who is signed in, without the way through the sign-in page: for tests of what
 * comes after it.
 * @param path of the site
 */
export async function openAs(
  page: Page,
  product: Product,
  email: string,
  path = '/',
): Promise<void> {
  await giveSession(page.context(), product, email)
  await page.goto(path)
  await untilLive(page)
}

/** Makes the browser one in which the person has signed in; no page is opened. */
export async function giveSession(
  context: BrowserContext,
  product: Product,
  email: string,
): Promise<void> {
  const client = new Client({ connectionString: product.databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [
      email,
    ])
    const person = rows[0]
    if (!person) throw new Error(`There is nobody with the address ${email}.`)
    const { cookieValue } = await insertSession(client, {
      userId: person.id,
      authSecret: product.authSecret,
    })
    await context.addCookies([
      {
        name: SESSION_COOKIE,
        value: cookieValue,
        url: product.url,
        httpOnly: true,
        sameSite: 'Lax',
      },
    ])
  } finally {
    await client.end()
  }
}

/**
 * Waits until React has taken over the page and every control on it: a click before that goes nowhere, as on every
 * such site. The list of notices comes when the browser has nothing left to do, parts of the page may come after it.
 */
export async function untilLive(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Notifications' }).waitFor({ state: 'attached' })
  await page.waitForFunction(() =>
    [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea')].every(
      (control) => Object.keys(control).some((key) => key.startsWith('__reactProps$')),
    ),
  )
}
