-- Objects that Prisma does not manage: subscriptions, and to whom invoices are made out. Every moment is
-- written by the program, whose clock is the only one that bills.

-- Kept up by lib/billing/subscription.ts. An organization without a row gets one when it is first looked after:
-- until then it has the first plan, from the day on which it was made.
CREATE TABLE billing.subscription (
  organization_id  uuid    PRIMARY KEY,
  state            text    NOT NULL CHECK (state IN ('TRIALING', 'ACTIVE', 'PAST_DUE', 'CANCELLING', 'CANCELLED')),
  plan             text    NOT NULL,
  plan_version     integer NOT NULL,
  -- Day of the month, UTC, on which billing periods begin.
  anchor_day       integer NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
  period_from      timestamptz(3) NOT NULL,
  period_to        timestamptz(3) NOT NULL CHECK (period_to > period_from),
  -- Stays once the trial is over: there is one for each organization.
  trial_ends_at    timestamptz(3) CHECK (trial_ends_at IS NOT NULL OR state <> 'TRIALING'),
  scheduled_plan         text,
  scheduled_plan_version integer,
  cancel_at        timestamptz(3),
  past_due_since   timestamptz(3),
  provider         text    NOT NULL CHECK (provider IN ('LEDGER', 'STRIPE')),
  -- Counts the changes.
  revision         integer NOT NULL,
  changed_at       timestamptz(3) NOT NULL,
  CHECK ((scheduled_plan IS NULL) = (scheduled_plan_version IS NULL)),
  CHECK ((cancel_at IS NOT NULL) = (state = 'CANCELLING'))
);
CREATE INDEX subscription_by_end ON billing.subscription (period_to);

-- Every change of it: which plan counted when is read from here.
CREATE TABLE billing.subscription_change (
  organization_id uuid    NOT NULL,
  revision        integer NOT NULL,
  kind            text    NOT NULL,
  at              timestamptz(3) NOT NULL,
  -- Null: the passing of time.
  changed_by_id   uuid,
  changed_by      text    NOT NULL,
  from_state      text,
  to_state        text    NOT NULL,
  from_plan         text,
  from_plan_version integer,
  to_plan           text    NOT NULL,
  to_plan_version   integer NOT NULL,
  -- Whether the fee of the plan is waived from here on.
  trial           boolean NOT NULL,
  PRIMARY KEY (organization_id, revision)
);

CREATE FUNCTION billing.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The history of a subscription is never changed: add to it.'
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER insert_only BEFORE UPDATE ON billing.subscription_change
  FOR EACH ROW EXECUTE FUNCTION billing.refuse_rewriting();

-- As they stand now. An invoice keeps its own copy.
CREATE TABLE billing.details (
  organization_id uuid   PRIMARY KEY,
  emails          text[] NOT NULL CHECK (cardinality(emails) BETWEEN 1 AND 5),
  company         text   NOT NULL,
  line1           text   NOT NULL,
  line2           text   NOT NULL,
  city            text   NOT NULL,
  region          text   NOT NULL,
  postal_code     text   NOT NULL,
  -- ISO 3166-1 alpha-2.
  country         text   NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  tax_id_type     text,
  tax_id          text,
  modified_at     timestamptz(3) NOT NULL,
  CHECK ((tax_id_type IS NULL) = (tax_id IS NULL))
);

-- Billing begins for everybody who is here with the period in which it was installed, and nothing before it is
-- billed. What a chosen plan costs in that period was never asked for: its fee is waived, as in a trial.
WITH chosen AS (
  SELECT o.id, coalesce(c.plan, 'STARTER') AS plan, c.plan IS NOT NULL AND c.plan <> 'STARTER' AS waived,
    coalesce(c.anchor_day, extract(day FROM o.created_at AT TIME ZONE 'UTC'))::integer AS anchor_day
  FROM organizations o LEFT JOIN LATERAL (SELECT plan, anchor_day FROM billing.plan_choice
    WHERE organization_id = o.id ORDER BY chosen_at DESC, id DESC LIMIT 1) c ON true
), starts AS (
  SELECT chosen.*, lead(start) OVER (PARTITION BY id ORDER BY start) AS period_to, start AS period_from
  FROM chosen CROSS JOIN LATERAL (
    SELECT (month + (least(anchor_day, extract(day FROM month + interval '1 month - 1 day')) - 1) * interval '1 day')
      AT TIME ZONE 'UTC' AS start
    FROM generate_series(-1, 1) AS step,
      LATERAL (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') + step * interval '1 month' AS month) AS months
  ) AS anchored
)
INSERT INTO billing.subscription (organization_id, state, plan, plan_version, anchor_day, period_from, period_to,
  trial_ends_at, provider, revision, changed_at)
SELECT id, CASE WHEN waived THEN 'TRIALING' ELSE 'ACTIVE' END, plan, 1, anchor_day, period_from, period_to,
  CASE WHEN waived THEN period_to END, 'LEDGER', 1, period_from
FROM starts WHERE period_from <= now() AND period_to > now();

INSERT INTO billing.subscription_change (organization_id, revision, kind, at, changed_by, to_state, to_plan,
  to_plan_version, trial)
SELECT organization_id, revision, 'BEGUN', changed_at, 'System', state, plan, plan_version, state = 'TRIALING'
FROM billing.subscription;

DROP TABLE billing.plan_choice;
