/** Sent with everything that Next answers; pages get their Content-Security-Policy from proxy.ts. */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // Addresses may name tokens and carry a setup link: no other site learns them. Not `no-referrer`,
  // under which browsers send `Origin: null` with forms, and that is refused.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  },
]

/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.NEXT_DIST_DIR || '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types of everything, tests included; `npm run up` need not wait for that.
  typescript: { ignoreBuildErrors: true },
  productionBrowserSourceMaps: false,
  devIndicators: false,
  // The development log would print what actions are called with, passwords included.
  logging: { serverFunctions: false },
  // Loaded by node itself: they bring wasm, workers or native parts, or must be the server's own copy.
  serverExternalPackages: [
    '@prisma/adapter-pg',
    '@prisma/client',
    'bcryptjs',
    'graphile-worker',
    'pdfkit',
    'pg',
    'pg-copy-streams',
    'pino',
    'prom-client',
    'rate-limiter-flexible',
    'sharp',
  ],
  // Room for a picture (lib/pictures/model.ts) and the form around it.
  experimental: { serverActions: { bodySizeLimit: '5500kb' } },
  async headers() {
    return [
      { source: '/:path*', headers },
      {
        source: '/api/:path*',
        headers: [
          { key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" },
        ],
      },
      {
        // The address is the secret: not even our own pages learn it, only where it came from.
        source: '/invitations/:path*',
        headers: [{ key: 'Referrer-Policy', value: 'strict-origin' }],
      },
      {
        source: '/pictures/:path*',
        headers: [
          { key: 'Content-Security-Policy', value: "default-src 'none'" },
          // Logos are shown in e-mail, by mail programs that are web pages of another site.
          { key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' },
        ],
      },
    ]
  },
}

export default config
