import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { THEME_COOKIE, THEME_SCRIPT, themeChoiceOf } from '@/components/shell/theme'
import { ThemeSync } from '@/components/shell/theme-sync'
import { Toaster } from '@/components/ui/toaster'
import './globals.css'

const sans = localFont({
  src: '../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2',
  variable: '--font-geist-sans',
  weight: '100 900',
  display: 'swap',
})
const mono = localFont({
  src: '../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2',
  variable: '--font-geist-mono',
  weight: '100 900',
  display: 'swap',
  preload: false,
})

export const metadata: Metadata = {
  title: { default: 'Fruxon', template: '%s · Fruxon' },
  description: 'Organization settings of the Fruxon agent platform.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const choice = themeChoiceOf((await cookies()).get(THEME_COOKIE)?.value)
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html
      lang="en"
      className={`${sans.variable} ${mono.variable}`}
      data-theme-choice={choice}
      data-theme={choice === 'system' ? undefined : choice}
      // The script below may set the theme before React arrives.
      suppressHydrationWarning
    >
      <head>
        <script
          nonce={nonce}
          // Browsers hide the nonce from scripts, so React cannot find it again.
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, allowed by its nonce
          dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }}
        />
      </head>
      <body>
        <ThemeSync choice={choice} />
        {children}
        <Toaster />
      </body>
    </html>
  )
}
