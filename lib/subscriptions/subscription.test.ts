import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChargeLine } from '@/lib/billing/charge'
import { nanoOfCents } from '@/lib/billing/money'
import { isDomainError } from '@/lib/errors'
import { type BillingPeriod, billingPeriodAt } from '@/lib/plans/billing-period'
import { PLAN_IDS, PLANS, type PlanId } from '@/lib/plans/plan'
import { type PlanFrom, spansIn } from '@/lib/subscriptions/plan-spans'
import {
  beginning,
  COMMANDS,
  type CommandOf,
  type CommandType,
  SUBSCRIPTION_STATES,
  type Subscription,
  type SubscriptionState,
  type Transition,
  transition,
} from '@/lib/subscriptions/subscription'
import { comingFee, dueTransitions, nextStep, settled } from '@/lib/subscriptions/subscription-time'

const DAY = 86_400_000
const utc = (text: string) => Date.parse(text.length > 10 ? text : `${text}T00:00:00Z`)

type PersonCommand = Exclude<CommandType, 'END_TRIAL' | 'END_PERIOD'>
const PERSONS = COMMANDS.filter((type) => type !== 'END_TRIAL' && type !== 'END_PERIOD')

interface Act {
  type: PersonCommand
  plan: PlanId
  /** Ms since the act before. */
  after: number
}

/** Moments of all kinds: the same one, some hours later, or after periods that nobody looked at. */
const waits = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 3 * DAY }),
  fc.integer({ min: 0, max: 130 * DAY }),
)
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.record({
    type: fc.constantFrom(...PERSONS),
    plan: fc.constantFrom(...PLAN_IDS),
    after: waits,
  }),
  { maxLength: 25 },
)
const begun = fc.integer({ min: utc('2023-12-01'), max: utc('2028-03-01') })

/** The transition, or the code of its refusal; anything else that is thrown is a defect. */
function tried(subscription: Subscription, act: Act, at: number): Transition | null | string {
  try {
    return transition(subscription, commandOf(act), at)
  } catch (error) {
    if (!isDomainError(error)) throw error
    expect(error.message).toMatch(/\.$/)
    expect(error.kind).toBe('conflict')
    return error.code
  }
}

function commandOf({ type, plan }: Pick<Act, 'type' | 'plan'>): CommandOf<CommandType> {
  return { type, plan: PLANS[plan] } as CommandOf<CommandType>
}

/** Everything that happens when people act so, and time between them. */
function lived(createdAt: number, all: readonly Act[]) {
  const first = beginning(createdAt)
  const made: Transition[] = []
  let present = first
  let now = createdAt
  const keep = (one: Transition) => {
    made.push(one)
    present = one.after
  }
  for (const act of all) {
    now += act.after
    for (const due of dueTransitions(present, now)) keep(due)
    const outcome = tried(present, act, now)
    if (outcome !== null && typeof outcome !== 'string') keep(outcome)
  }
  return { first, made, present, now }
}

describe('a subscription, whatever is asked of it', () => {
  it('is always in order', () => {
    fc.assert(
      fc.property(begun, acts, (createdAt, all) => {
        const { first, made, now } = lived(createdAt, all)
        for (const { before, after } of made) {
          expect(after.revision).toBe(before.revision + 1)
          expect(after.changedAt).toBeGreaterThanOrEqual(before.changedAt)
          expect(after.anchorDay).toBe(first.anchorDay)
          inOrder(after)
        }
        const { present } = lived(createdAt, all)
        expect(nextStep(present).at).toBeGreaterThan(now)
        expect(present.period).toEqual(billingPeriodAt(now, first.anchorDay))
      }),
    )
  })

  it('joins its periods without a gap, and asks each fee once for the time it is for', () => {
    fc.assert(
      fc.property(begun, acts, (createdAt, all) => {
        const { first, made, present } = lived(createdAt, all)
        const lines = made.flatMap((one) => one.lines)
        for (const period of periodsOf(first, made)) {
          if (period.from >= present.period.from) continue
          const { owed, count } = feesOf(period, first, made)
          const asked = lines.filter((line) => line.period.to === period.to)
          const sum = asked.reduce((total, { nano }) => total + nano, 0n)
          // Each line is rounded to the nano-dollar once.
          const off = sum > owed ? sum - owed : owed - sum
          expect(off <= BigInt(asked.length + count)).toBe(true)
        }
      }),
    )
  })

  it('is the same however often somebody looks', () => {
    fc.assert(
      fc.property(begun, acts, fc.array(waits, { maxLength: 8 }), (createdAt, all, looks) => {
        const { present, now } = lived(createdAt, all)
        let seldom = present
        let at = now
        for (const wait of looks) {
          at += wait
          seldom = settled(seldom, at)
          expect(settled(seldom, at)).toEqual(seldom)
        }
        expect(seldom).toEqual(settled(present, at))
      }),
    )
  })

  it('foretells its next fee', () => {
    fc.assert(
      fc.property(begun, acts, (createdAt, all) => {
        const { present } = lived(createdAt, all)
        const coming = comingFee(present)
        const steps = dueTransitions(present, present.period.to + 70 * DAY)
        const fee = steps.find(({ lines }) => lines.length > 0)
        expect(coming?.at).toBe(fee?.after.changedAt)
        expect(coming?.plan).toBe(fee?.after.plan)
        expect(coming?.cents).toBe(fee?.lines[0]?.cents)
      }),
    )
  })

  it('can reach every state, and from each state every other one', () => {
    for (const from of SUBSCRIPTION_STATES) expect(reachable(from)).toEqual(SUBSCRIPTION_STATES)
  })
})

/** What must hold in every state. */
function inOrder(subscription: Subscription): void {
  const { state, plan, scheduled, cancelAt, trialEndsAt, pastDueSince, changedAt, period } =
    subscription
  expect(cancelAt !== null).toBe(state === 'CANCELLING')
  if (scheduled) expect(['ACTIVE', 'PAST_DUE']).toContain(state)
  if (scheduled) expect(scheduled).not.toBe(plan)
  if (state === 'TRIALING') expect(trialEndsAt).toBeGreaterThan(changedAt)
  if (state === 'TRIALING' || state === 'CANCELLING') {
    expect(plan.fees.periodCents).toBeGreaterThan(0)
  }
  if (state === 'CANCELLED') expect(plan.id).toBe('STARTER')
  if (state === 'PAST_DUE') expect(pastDueSince).not.toBeNull()
  if (state === 'ACTIVE') expect(pastDueSince).toBeNull()
  expect(period.from).toBeLessThanOrEqual(changedAt)
  // The same where a trial ends with the period, which ends next.
  expect(period.to).toBeGreaterThanOrEqual(changedAt)
}

function periodsOf(first: Subscription, made: readonly Transition[]): BillingPeriod[] {
  const periods = [first.period]
  for (const { after } of made) {
    if (after.period.to === periods.at(-1)?.to) continue
    expect(after.period.from).toBe(periods.at(-1)?.to)
    periods.push(after.period)
  }
  return periods
}

/** What the plans of a period cost by the time that each counted, in nano-USD. */
function feesOf(period: BillingPeriod, first: Subscription, made: readonly Transition[]) {
  const all = [first, ...made.map(({ after }) => after)]
  const changes = all.filter(({ changedAt }) => changedAt < period.to)
  const begin = changes.findLastIndex(({ changedAt }) => changedAt <= period.from)
  const spans = spansIn(period, changes.slice(Math.max(begin, 0)).map(planFrom))
  expect(spans[0]?.from).toBe(period.from)
  expect(spans.at(-1)?.to).toBe(period.to)
  const whole = BigInt(period.to - period.from)
  const parts = spans.map(({ from, to, plan, trial }) =>
    trial ? 0n : nanoOfCents(BigInt(plan.fees.periodCents)) * BigInt(to - from),
  )
  return { owed: parts.reduce((sum, part) => sum + part, 0n) / whole, count: spans.length }
}

function planFrom({ changedAt, plan, trialEndsAt }: Subscription): PlanFrom {
  return { at: changedAt, plan, trial: trialEndsAt !== null && changedAt < trialEndsAt }
}

/** Every state that commands and time lead to from some subscription in this one. */
function reachable(from: SubscriptionState): SubscriptionState[] {
  const start = exampleOf(from)
  const seen = new Map<string, Subscription>([[shapeOf(start), start]])
  for (const present of seen.values()) {
    const step = nextStep(present)
    const next = [
      ...PERSONS.flatMap((type) =>
        PLAN_IDS.map((plan) => tried(present, { type, plan, after: 0 }, present.changedAt)),
      ),
      transition(present, step, step.at),
    ]
    for (const one of next) {
      if (one !== null && typeof one !== 'string' && !seen.has(shapeOf(one.after)))
        seen.set(shapeOf(one.after), one.after)
    }
  }
  const states = new Set([...seen.values()].map(({ state }) => state))
  return SUBSCRIPTION_STATES.filter((state) => states.has(state))
}

function shapeOf({ state, plan, scheduled, pastDueSince, trialEndsAt }: Subscription): string {
  return [state, plan.id, scheduled?.id, pastDueSince !== null, trialEndsAt !== null].join()
}

/** One that has not had its trial, where the state allows that. */
function exampleOf(state: SubscriptionState): Subscription {
  const steps: Record<SubscriptionState, readonly [PersonCommand, PlanId][]> = {
    TRIALING: [['START_TRIAL', 'TEAM']],
    ACTIVE: [],
    PAST_DUE: [['MARK_PAST_DUE', 'TEAM']],
    CANCELLING: [
      ['CHANGE_PLAN', 'TEAM'],
      ['CANCEL', 'TEAM'],
    ],
    CANCELLED: [
      ['CHANGE_PLAN', 'TEAM'],
      ['CANCEL', 'TEAM'],
    ],
  }
  const present = steps[state].reduce(
    (one, [type, plan]) => does(one, type, plan, one.changedAt),
    beginning(utc('2026-01-31')),
  )
  return state === 'CANCELLED' ? settled(present, present.period.to) : present
}

function does(one: Subscription, type: PersonCommand, plan: PlanId, at: number): Subscription {
  return acted(one, type, plan, at).after
}

function acted(one: Subscription, type: PersonCommand, plan: PlanId, at: number): Transition {
  const made = transition(settled(one, at), commandOf({ type, plan }), at)
  if (!made) throw new Error(`${type} changed nothing.`)
  return made
}

const cents = (lines: readonly ChargeLine[]) => lines.map((line) => line.cents)

describe('a subscription', () => {
  const first = beginning(utc('2026-01-31T15:00:00Z'))
  const team = does(first, 'CHANGE_PLAN', 'TEAM', utc('2026-01-31'))

  it('keeps its anchor through short months and leap days', () => {
    const ends = (one: Subscription, count: number) =>
      dueTransitions(one, one.period.from + count * 31 * DAY).map(({ after }) =>
        new Date(after.period.to).toISOString().slice(0, 10),
      )
    expect(ends(first, 4).slice(0, 3)).toEqual(['2026-03-31', '2026-04-30', '2026-05-31'])
    const leap = beginning(utc('2024-02-29'))
    expect(ends(leap, 13).slice(0, 12).at(-1)).toBe('2025-03-29')
    expect(ends(leap, 13)).toContain('2025-02-28')
    expect(ends(beginning(utc('2023-12-31')), 3).slice(0, 2)).toEqual(['2024-02-29', '2024-03-31'])
  })

  it('asks for the difference at an upgrade, by the time that is left', () => {
    const [from, to] = [team.period.from, team.period.to]
    const middle = (from + to) / 2
    const { lines, after } = acted(team, 'CHANGE_PLAN', 'BUSINESS', middle)
    expect(cents(lines)).toEqual([-14_950n, 74_950n])
    expect(lines.map(({ description }) => description)).toEqual([
      'Unused time on the Team plan',
      'Remaining time on the Business plan',
    ])
    expect(lines.map(({ period }) => period)).toEqual(Array(2).fill({ from: middle, to }))
    expect(after.plan.id).toBe('BUSINESS')
    expect(cents(acted(first, 'CHANGE_PLAN', 'TEAM', first.period.from).lines)).toEqual([29_900n])
  })

  it('keeps a downgrade for the end of the period, and can be told otherwise', () => {
    const business = does(team, 'CHANGE_PLAN', 'BUSINESS', team.period.from + DAY)
    const asked = acted(business, 'CHANGE_PLAN', 'TEAM', team.period.from + DAY)
    expect(asked.lines).toEqual([])
    expect(asked.after).toMatchObject({ plan: { id: 'BUSINESS' }, scheduled: { id: 'TEAM' } })
    const [period] = dueTransitions(asked.after, team.period.to)
    expect(period?.after).toMatchObject({ plan: { id: 'TEAM' }, scheduled: null })
    expect(cents(period?.lines ?? [])).toEqual([29_900n])
    const kept = does(asked.after, 'WITHDRAW_CHANGE', 'TEAM', team.period.from + DAY)
    expect(settled(kept, team.period.to)).toMatchObject({ plan: { id: 'BUSINESS' } })
    expect(() => does(kept, 'WITHDRAW_CHANGE', 'TEAM', kept.changedAt)).toThrow(
      /nothing to withdraw/,
    )
    expect(() => does(asked.after, 'CHANGE_PLAN', 'TEAM', asked.after.changedAt)).toThrow(
      /already the next/,
    )
    expect(
      does(asked.after, 'CHANGE_PLAN', 'ENTERPRISE', asked.after.changedAt).scheduled,
    ).toBeNull()
  })

  it('ends when what was paid is used up, unless it is resumed', () => {
    const leaving = does(team, 'CANCEL', 'TEAM', team.period.from + DAY)
    expect(leaving).toMatchObject({ state: 'CANCELLING', cancelAt: team.period.to })
    expect(transition(leaving, { type: 'CANCEL' }, leaving.changedAt)).toBeNull()
    expect(() => does(leaving, 'CHANGE_PLAN', 'BUSINESS', leaving.changedAt)).toThrow(/Resume it/)
    const back = does(leaving, 'RESUME', 'TEAM', team.period.to - 1)
    expect(back).toMatchObject({ state: 'ACTIVE', plan: { id: 'TEAM' }, cancelAt: null })
    const [ended, ...rest] = dueTransitions(leaving, team.period.to)
    expect(rest).toEqual([])
    expect(ended).toMatchObject({ kind: 'ENDED', lines: [], after: { state: 'CANCELLED' } })
    const over = settled(leaving, team.period.to + 300 * DAY)
    expect(over).toMatchObject({ state: 'CANCELLED', plan: { id: 'STARTER' } })
    expect(() => does(over, 'RESUME', 'TEAM', over.changedAt)).toThrow(/Choose a plan/)
    const again = acted(over, 'CHANGE_PLAN', 'TEAM', over.period.from)
    expect(again.after.state).toBe('ACTIVE')
    expect(cents(again.lines)).toEqual([29_900n])
    expect(() => does(first, 'CANCEL', 'TEAM', first.changedAt)).toThrow(/no fee/)
  })

  it('asks nothing in a trial, and for the rest of the period when it ends', () => {
    const started = acted(first, 'START_TRIAL', 'TEAM', utc('2026-02-03T10:30:00Z'))
    expect(started).toMatchObject({ lines: [], after: { trialEndsAt: utc('2026-02-18') } })
    const larger = acted(started.after, 'CHANGE_PLAN', 'BUSINESS', utc('2026-02-10'))
    expect(larger).toMatchObject({
      lines: [],
      after: { state: 'TRIALING', plan: { id: 'BUSINESS' }, trialEndsAt: utc('2026-02-18') },
    })
    const [ended] = dueTransitions(larger.after, utc('2026-02-18'))
    // 10 of 28 days of 1,499.00.
    expect(ended).toMatchObject({ kind: 'TRIAL_ENDED', after: { state: 'ACTIVE' } })
    expect(cents(ended?.lines ?? [])).toEqual([53_536n])
    const free = does(larger.after, 'CHANGE_PLAN', 'STARTER', utc('2026-02-11'))
    expect(free).toMatchObject({ state: 'ACTIVE', trialEndsAt: utc('2026-02-11') })
    expect(() => does(free, 'START_TRIAL', 'TEAM', utc('2026-02-12'))).toThrow(/one trial/)
    expect(() => does(team, 'START_TRIAL', 'BUSINESS', team.changedAt)).toThrow(/without a paid/)
  })

  it('asks once where a trial ends just before a period, or with it', () => {
    const ends = [utc('2026-02-26'), utc('2026-02-27'), utc('2026-02-28'), utc('2026-03-01')]
    const fees = ends.map((end) => {
      const trial = does(first, 'START_TRIAL', 'TEAM', end - 15 * DAY)
      expect(trial.trialEndsAt).toBe(end)
      return dueTransitions(trial, utc('2026-03-31') - 1).map(({ kind, lines }) => [
        kind,
        ...cents(lines),
      ])
    })
    expect(fees).toEqual([
      [
        ['TRIAL_ENDED', 2_136n],
        ['PERIOD_BEGUN', 29_900n],
      ],
      [
        ['TRIAL_ENDED', 1_068n],
        ['PERIOD_BEGUN', 29_900n],
      ],
      [['TRIAL_ENDED'], ['PERIOD_BEGUN', 29_900n]],
      [['PERIOD_BEGUN'], ['TRIAL_ENDED', 28_935n]],
    ])
  })

  it('ends a cancelled trial with the trial, over the end of a period too', () => {
    const trial = does(first, 'START_TRIAL', 'TEAM', utc('2026-02-20'))
    const leaving = does(trial, 'CANCEL', 'TEAM', utc('2026-02-21'))
    expect(leaving.cancelAt).toBe(utc('2026-03-07'))
    const made = dueTransitions(leaving, utc('2026-03-31'))
    expect(made.map(({ kind }) => kind)).toEqual(['PERIOD_BEGUN', 'ENDED', 'PERIOD_BEGUN'])
    expect(made.flatMap(({ lines }) => lines)).toEqual([])
    expect(does(leaving, 'RESUME', 'TEAM', utc('2026-03-06')).state).toBe('TRIALING')
  })

  it('refuses an upgrade while an invoice is overdue, and takes it once that is paid', () => {
    const owing = does(team, 'MARK_PAST_DUE', 'TEAM', team.period.from + 5 * DAY)
    expect(owing).toMatchObject({ state: 'PAST_DUE', pastDueSince: team.period.from + 5 * DAY })
    expect(() => does(owing, 'CHANGE_PLAN', 'BUSINESS', owing.changedAt)).toThrow(/Pay it first/)
    expect(does(owing, 'CHANGE_PLAN', 'STARTER', owing.changedAt).scheduled?.id).toBe('STARTER')
    const leaving = does(owing, 'CANCEL', 'TEAM', owing.changedAt)
    expect(does(leaving, 'RESUME', 'TEAM', owing.changedAt).state).toBe('PAST_DUE')
    const over = settled(leaving, team.period.to)
    expect(() => does(over, 'CHANGE_PLAN', 'TEAM', over.changedAt)).toThrow(/Pay it first/)
    const paid = does(over, 'MARK_PAID', 'TEAM', over.changedAt)
    expect(does(paid, 'CHANGE_PLAN', 'TEAM', paid.changedAt).state).toBe('ACTIVE')
    const trial = does(first, 'START_TRIAL', 'TEAM', first.changedAt)
    const noted = does(trial, 'MARK_PAST_DUE', 'TEAM', trial.changedAt)
    expect(noted.state).toBe('TRIALING')
    expect(settled(noted, (noted.trialEndsAt ?? 0) + 1).state).toBe('PAST_DUE')
  })
})
