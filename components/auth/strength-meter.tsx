import { ProgressBar, type ProgressBarProps } from '@/components/ui/progress-bar'
import type { PasswordStrength } from '@/lib/auth/password-strength'

const LEVELS: Record<PasswordStrength['score'], { word: string; tone: ProgressBarProps['tone'] }> =
  {
    0: { word: 'Very weak', tone: 'danger' },
    1: { word: 'Weak', tone: 'danger' },
    2: { word: 'Not strong enough', tone: 'warning' },
    3: { word: 'Strong', tone: 'success' },
    4: { word: 'Very strong', tone: 'success' },
  }

/** How hard a password is to guess, in a bar and in words. Takes no room before there is something to say. */
export function StrengthMeter({ strength }: { strength: PasswordStrength | null }) {
  const level = strength ? LEVELS[strength.score] : null
  const advice = strength ? [strength.warning, ...strength.suggestions].filter(Boolean) : []
  return (
    <>
      {strength && level ? (
        <ProgressBar
          label="Password strength"
          // A very weak one shows too.
          value={Math.max(strength.score, 0.4)}
          max={4}
          valueText={level.word}
          tone={level.tone}
        />
      ) : null}
      <output className="contents empty:sr-only">
        {level ? (
          <span className="text-muted text-xs">
            <span className="font-medium text-ink">{level.word}.</span> {advice.join(' ')}
          </span>
        ) : null}
      </output>
    </>
  )
}
