-- Objects that Prisma does not manage: who had counted calls priced again, and what came of it.

CREATE TABLE usage.re_rating (
  seq              bigint GENERATED ALWAYS AS IDENTITY,
  id               uuid        PRIMARY KEY,
  organization_id  uuid        NOT NULL,
  -- UTC days; the end is not in the range.
  range_from       timestamptz(0) NOT NULL,
  range_to         timestamptz(0) NOT NULL,
  -- Null: all.
  provider         text,
  model            text,
  agent            text,
  -- Calls that were received later are not in it.
  counted_until    timestamptz(3) NOT NULL,
  calls            bigint      NOT NULL,
  newly_priced     bigint      NOT NULL,
  no_longer_priced bigint      NOT NULL,
  -- Nano-USD, of all calls of the range.
  cost_before      bigint      NOT NULL,
  cost_after       bigint      NOT NULL,
  reason           text        NOT NULL,
  asked_by         text        NOT NULL,
  applied_at       timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX re_rating_of_organization ON usage.re_rating (organization_id, seq);

-- What a call costs now is what it cost then and every adjustment since: both are read by the hour.
CREATE INDEX adjustment_by_hour ON usage.adjustment (organization_id, hour);
