import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  PASSWORD_MIN_SCORE,
  type PersonalWords,
  passwordStrength,
  weaknessOf,
} from '@/lib/auth/password-strength'
import { newPasswordSchema } from '@/lib/auth/schema'

const ada: PersonalWords = {
  displayName: 'Ada Lindqvist',
  email: 'ada.lindqvist@rivulet-robotics.example',
  organizationNames: ['Rivulet Robotics', 'Quillfeather & Sons'],
}

const strengthOf = (password: string) => passwordStrength(password, ada)

describe('the strength of a password', () => {
  it.each([
    'aaaaaaaaaaaa',
    'password1234',
    'qwertyuiop12',
    '123456789012',
    'Lindqvist2026',
    'adalindqvist1',
    'Quillfeather1',
    'RivuletRobotics',
    'ada.lindqvist@rivulet-robotics.example',
  ])('refuses %s and says why', async (password) => {
    const strength = await strengthOf(password)
    expect(strength.score).toBeLessThan(PASSWORD_MIN_SCORE)
    expect(weaknessOf(strength)).toMatch(/\w+\./)
  })

  it.each(['wandering otters sing at dawn', 'xkqz-vjwm-plrt-8', 'tps-reports-forever'])(
    'takes %s',
    async (password) => expect(weaknessOf(await strengthOf(password))).toBeNull(),
  )

  it('is judged for the person: what is weak for one may do for another', async () => {
    const other = { displayName: 'Omar', email: 'omar@globex.example', organizationNames: [] }
    const own = await strengthOf('Quillfeather1')
    expect((await passwordStrength('Quillfeather1', other)).score).toBeGreaterThan(own.score)
  })

  it('refuses a repeated character, however long, and has a word for every refusal', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
        fc.integer({ min: 12, max: 72 }),
        async (character, length) => {
          const password = character.repeat(length)
          expect(newPasswordSchema.safeParse(password).success).toBe(true)
          expect(weaknessOf(await strengthOf(password))).toMatch(/\w/)
        },
      ),
      { numRuns: 8 },
    )
  })

  it('refuses what stands in the person’s own account, however rare a word it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.stringMatching(/^[a-z]{12,20}$/),
        fc.constantFrom('displayName', 'email', 'organizationNames'),
        async (word, where) => {
          const value = where === 'organizationNames' ? [word] : word
          const { score } = await passwordStrength(word, { ...ada, [where]: value })
          expect(score).toBeLessThan(PASSWORD_MIN_SCORE)
        },
      ),
      { numRuns: 50 },
    )
  })
})
