-- Objects that Prisma does not manage: which plan an organization has, from when on.
CREATE SCHEMA billing;

-- Rows are only added: the newest is the plan.
CREATE TABLE billing.plan_choice (
  organization_id uuid        NOT NULL,
  chosen_at       timestamptz(3) NOT NULL DEFAULT now(),
  id              uuid        NOT NULL,
  plan            text        NOT NULL,
  -- Day of the month, UTC, on which billing periods begin.
  anchor_day      integer     NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
  PRIMARY KEY (organization_id, chosen_at, id)
);
