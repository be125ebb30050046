import type { CSSProperties } from 'react'

/**
 * How e-mails look. Mail programs know neither custom properties nor `light-dark()`, so light is written
 * on each element and dark overrides it by class. The colours are those of app/globals.css.
 */

export const FONT =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

const CANVAS = { light: '#f3f4f6', dark: '#0d0f12' }
const INK = { light: '#191c22', dark: '#eff0f2' }
const MUTED = { light: '#50545d', dark: '#aeb1b8' }
const FAINT = { light: '#676c75', dark: '#8f929a' }
const ACCENT_TEXT = { light: '#2052d2', dark: '#95b7fb' }
const SURFACE = { light: '#ffffff', dark: '#14161a' }
const SUBTLE = { light: '#e4e5e8', dark: '#282a2f' }
const INSET = { light: '#f6f7f9', dark: '#1b1d22' }
const TILE = { light: '#d2e2ff', dark: '#294072' }
const TILE_INK = { light: '#2e3545', dark: '#ebeef5' }
const ACCENT = { light: '#2558d9', dark: '#386be2' }

/** Goes into the head. No `>` and no quotes: React would escape them. */
export const STYLESHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; background-color: ${CANVAS.light}; -webkit-text-size-adjust: 100%; }
@media (max-width: 480px) {
  .canvas-space { padding: 16px 8px 32px !important; }
  .card-space { padding: 24px 20px !important; }
}
@media (prefers-color-scheme: dark) {
  body, .canvas { background-color: ${CANVAS.dark} !important; }
  .card { background-color: ${SURFACE.dark} !important; border-color: ${SUBTLE.dark} !important; }
  .ink { color: ${INK.dark} !important; }
  .muted { color: ${MUTED.dark} !important; }
  .faint { color: ${FAINT.dark} !important; }
  .link { color: ${ACCENT_TEXT.dark} !important; }
  .inset { background-color: ${INSET.dark} !important; border-color: ${SUBTLE.dark} !important; }
  .line { border-color: ${SUBTLE.dark} !important; }
  .tile { background-color: ${TILE.dark} !important; color: ${TILE_INK.dark} !important; }
  .button { background-color: ${ACCENT.dark} !important; }
}
`

const text = (fontSize: number, lineHeight: number, color: string): CSSProperties => ({
  margin: 0,
  fontFamily: FONT,
  fontSize: `${fontSize}px`,
  lineHeight: `${lineHeight}px`,
  color,
})

export const canvas: CSSProperties = { backgroundColor: CANVAS.light }

export const canvasSpace: CSSProperties = { padding: '40px 16px 48px' }

export const card: CSSProperties = {
  width: '100%',
  maxWidth: '600px',
  backgroundColor: SURFACE.light,
  border: `1px solid ${SUBTLE.light}`,
  borderRadius: '12px',
  borderCollapse: 'separate',
}

export const cardSpace: CSSProperties = { padding: '36px 40px 40px' }

export const tile: CSSProperties = {
  width: '40px',
  height: '40px',
  borderRadius: '8px',
  backgroundColor: TILE.light,
  textAlign: 'center',
  verticalAlign: 'middle',
  ...text(15, 40, TILE_INK.light),
  fontWeight: 600,
}

export const productTile: CSSProperties = {
  ...tile,
  backgroundColor: ACCENT.light,
  color: '#ffffff',
}

export const senderName: CSSProperties = { ...text(15, 20, INK.light), fontWeight: 600 }

export const senderSite: CSSProperties = { ...text(13, 18, FAINT.light), textDecoration: 'none' }

export const heading: CSSProperties = {
  ...text(24, 32, INK.light),
  margin: '32px 0 12px',
  fontWeight: 600,
  letterSpacing: '-0.02em',
}

export const paragraph: CSSProperties = { ...text(16, 26, MUTED.light), margin: '0 0 16px' }

export const strong: CSSProperties = { color: INK.light, fontWeight: 600 }

export const panel: CSSProperties = {
  margin: '8px 0 16px',
  backgroundColor: INSET.light,
  border: `1px solid ${SUBTLE.light}`,
  borderRadius: '8px',
  borderCollapse: 'separate',
}

export const panelSpace: CSSProperties = { padding: '14px 18px' }

export const panelText: CSSProperties = { ...text(15, 24, MUTED.light), wordBreak: 'break-word' }

export const button: CSSProperties = {
  margin: '12px 0 28px',
  padding: '13px 24px',
  borderRadius: '8px',
  backgroundColor: ACCENT.light,
  fontFamily: FONT,
  fontSize: '16px',
  lineHeight: '20px',
  fontWeight: 600,
  color: '#ffffff',
  textDecoration: 'none',
}

export const small: CSSProperties = { ...text(14, 22, FAINT.light), margin: '0 0 12px' }

export const link: CSSProperties = {
  color: ACCENT_TEXT.light,
  textDecoration: 'none',
  // A link is one long word: without this it would widen the e-mail beyond a phone.
  wordBreak: 'break-all',
}

/** Of words, which break between them. */
export const textLink: CSSProperties = { ...link, wordBreak: 'normal' }

export const rule: CSSProperties = {
  width: '100%',
  margin: '28px 0 20px',
  border: 'none',
  borderTop: `1px solid ${SUBTLE.light}`,
}

export const footer: CSSProperties = { ...text(13, 20, FAINT.light), margin: '0 0 8px' }
