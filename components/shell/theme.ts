export const THEME_CHOICES = ['light', 'dark', 'system'] as const
export type ThemeChoice = (typeof THEME_CHOICES)[number]

export const THEME_COOKIE = 'fruxon-theme'
const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60

export function themeChoiceOf(value: string | undefined): ThemeChoice {
  return THEME_CHOICES.find((choice) => choice === value) ?? 'system'
}

/** Puts the choice on the page. Without a fixed choice the system's preference is asked. */
export function showTheme(choice: ThemeChoice): void {
  const root = document.documentElement
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  root.dataset.themeChoice = choice
  root.dataset.theme = choice === 'system' ? system : choice
}

/** Remembers the choice where the server sees it, so that the next page arrives in the right colours. */
export function rememberTheme(choice: ThemeChoice): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${THEME_COOKIE}=${choice}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax`
}

/**
 * Runs before the first paint, so a dark system never flashes light, and follows the system while the
 * page is open. Text, because it stands in the document's head.
 */
export const THEME_SCRIPT = `(()=>{
const root=document.documentElement,dark=matchMedia('(prefers-color-scheme: dark)');
const follow=()=>{if(root.dataset.themeChoice==='system')root.dataset.theme=dark.matches?'dark':'light'};
follow();dark.addEventListener('change',follow)})()`
