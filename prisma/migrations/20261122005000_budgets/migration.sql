-- Objects that Prisma does not manage: how much may be spent in a month, and who was told that it was.

CREATE TABLE usage.budget (
  organization_id uuid        NOT NULL,
  id              uuid        NOT NULL,
  subject_kind    text        NOT NULL CHECK (subject_kind IN ('ORGANIZATION', 'AGENT', 'TOKEN')),
  -- '' for the organization, else the name of the agent or the family of the token.
  subject         text        NOT NULL,
  origin          text        NOT NULL CHECK (origin IN ('PRODUCTION', 'TEST')),
  -- Nano-USD for each calendar month in UTC.
  amount_nano     bigint      NOT NULL CHECK (amount_nano > 0),
  -- Percent, in order, each once.
  thresholds      integer[]   NOT NULL CHECK (cardinality(thresholds) <= 10),
  -- Whoever asks before a run is told not to, once the amount is spent.
  enforce         boolean     NOT NULL,
  created_at      timestamptz(3) NOT NULL,
  modified_at     timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, subject_kind, subject, origin),
  CHECK ((subject_kind = 'ORGANIZATION') = (subject = ''))
);

-- What makes a threshold told once in a month, whoever looks at the same time.
CREATE TABLE usage.budget_alert (
  organization_id uuid        NOT NULL,
  budget_id       uuid        NOT NULL,
  period_start    timestamptz(0) NOT NULL,
  threshold       integer     NOT NULL,
  told_at         timestamptz(3) NOT NULL,
  -- What had been spent then, and of how much, in nano-USD.
  cost_nano       bigint      NOT NULL,
  amount_nano     bigint      NOT NULL,
  PRIMARY KEY (organization_id, budget_id, period_start, threshold),
  FOREIGN KEY (organization_id, budget_id) REFERENCES usage.budget (organization_id, id) ON DELETE CASCADE
);

-- What an agent cost this month is asked before its runs.
CREATE INDEX day_by_agent ON usage.day (organization_id, agent, bucket);
