-- Objects that Prisma does not manage: model prices, metered events and what is summed from them.

-- ── Prices: rows are only added. Of the rows that began before a moment, the newest is its price ─────
CREATE SCHEMA pricing;

CREATE TABLE pricing.model_price (
  seq             bigint GENERATED ALWAYS AS IDENTITY,
  id              uuid        PRIMARY KEY,
  -- Null: the catalogue, which is the same for everybody.
  organization_id uuid,
  provider        text        NOT NULL,
  model           text        NOT NULL,
  -- Only for this agent; null for all.
  agent           text,
  name            text        NOT NULL,
  -- Which names of models in events are meant, beside the model itself.
  match           jsonb,
  context_window  integer,
  valid_from      timestamptz(3) NOT NULL,
  -- lib/model-pricing/rates.ts. Null: from here on no price of its own, so that the next wider one counts.
  rates           jsonb,
  source          text        NOT NULL,
  note            text,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  created_by      text        NOT NULL
);

CREATE INDEX model_price_of_catalogue ON pricing.model_price (provider, model, valid_from, seq)
  WHERE organization_id IS NULL;
CREATE INDEX model_price_of_organization ON pricing.model_price (organization_id, provider, model, valid_from, seq)
  WHERE organization_id IS NOT NULL;

CREATE FUNCTION pricing.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Prices are never changed: add a newer one.' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER insert_only BEFORE UPDATE ON pricing.model_price
  FOR EACH ROW EXECUTE FUNCTION pricing.refuse_change();

-- Counts up with every new price: what processes compare their copy of the prices with.
CREATE TABLE pricing.revision (
  -- The zero id stands for the catalogue.
  organization_id uuid   PRIMARY KEY,
  revision        bigint NOT NULL
);

CREATE FUNCTION pricing.count_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO pricing.revision AS known (organization_id, revision)
  SELECT DISTINCT coalesce(organization_id, '00000000-0000-0000-0000-000000000000'::uuid), 1 FROM added
  ON CONFLICT (organization_id) DO UPDATE SET revision = known.revision + 1;
  RETURN NULL;
END $$;

CREATE TRIGGER revision AFTER INSERT ON pricing.model_price REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION pricing.count_revision();

-- ── Usage: what programs report of their model calls ─────────────────────────────────────────────────
CREATE SCHEMA usage;

-- The guard of "once": a partitioned table could only be unique together with the time of the event, and a
-- second try may come with another time. Kept as long as events are taken (35 days).
CREATE TABLE usage.event_key (
  organization_id uuid NOT NULL,
  source          text NOT NULL,
  event_id        text NOT NULL,
  received_at     timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, source, event_id)
);
CREATE INDEX event_key_by_age ON usage.event_key USING brin (received_at);

CREATE TABLE usage.event (
  organization_id  uuid        NOT NULL,
  occurred_at      timestamptz(3) NOT NULL,
  source           text        NOT NULL,
  event_id         text        NOT NULL,
  received_at      timestamptz(3) NOT NULL,
  -- The token that reported it.
  family_id        uuid        NOT NULL,
  -- A model call, or a run of an agent, within which there may be many.
  kind             text        NOT NULL CHECK (kind IN ('MODEL_CALL', 'EXECUTION')),
  origin           text        NOT NULL CHECK (origin IN ('PRODUCTION', 'TEST')),
  provider         text        NOT NULL,
  model            text        NOT NULL,
  agent            text        NOT NULL,
  revision         text        NOT NULL,
  environment      text        NOT NULL,
  -- Kinds of tokens, disjoint: their sum is the total.
  input            bigint      NOT NULL CHECK (input >= 0),
  cache_read       bigint      NOT NULL CHECK (cache_read >= 0),
  cache_write      bigint      NOT NULL CHECK (cache_write >= 0),
  cache_write_1h   bigint      NOT NULL CHECK (cache_write_1h >= 0),
  input_audio      bigint      NOT NULL CHECK (input_audio >= 0),
  output           bigint      NOT NULL CHECK (output >= 0),
  reasoning        bigint      NOT NULL CHECK (reasoning >= 0),
  output_audio     bigint      NOT NULL CHECK (output_audio >= 0),
  -- Nano-USD; null where no price was known. A run costs what the calls within it cost: nothing by itself.
  input_cost       bigint,
  output_cost      bigint,
  price_id         uuid,
  PRIMARY KEY (organization_id, occurred_at, source, event_id),
  CHECK ((input_cost IS NULL) = (output_cost IS NULL) AND (input_cost IS NULL) = (price_id IS NULL)),
  CHECK (kind = 'MODEL_CALL' OR price_id IS NULL AND provider = '' AND model = ''
    AND input + cache_read + cache_write + cache_write_1h + input_audio + output + reasoning + output_audio = 0)
) PARTITION BY RANGE (occurred_at);

-- Rows outside every monthly partition still land somewhere.
CREATE TABLE usage.event_unplaced PARTITION OF usage.event DEFAULT;

-- Re-ratings, by what the charts distinguish: what events cost then is never rewritten.
CREATE TABLE usage.adjustment (
  organization_id uuid   NOT NULL,
  re_rating_id    uuid   NOT NULL,
  hour            timestamptz(0) NOT NULL,
  family_id       uuid   NOT NULL,
  origin          text   NOT NULL,
  provider        text   NOT NULL,
  model           text   NOT NULL,
  agent           text   NOT NULL,
  revision        text   NOT NULL,
  environment     text   NOT NULL,
  input_cost      bigint NOT NULL,
  output_cost     bigint NOT NULL,
  -- How many calls got a price that had none.
  newly_priced    bigint NOT NULL,
  PRIMARY KEY (organization_id, re_rating_id, hour, family_id, origin, provider, model, agent, revision, environment)
);

-- What charts read. Hours are kept for 35 days, days for good.
CREATE TABLE usage.hour (
  organization_id uuid   NOT NULL,
  bucket          timestamptz(0) NOT NULL,
  origin          text   NOT NULL,
  provider        text   NOT NULL,
  model           text   NOT NULL,
  agent           text   NOT NULL,
  revision        text   NOT NULL,
  environment     text   NOT NULL,
  executions      bigint NOT NULL,
  calls           bigint NOT NULL,
  unpriced_calls  bigint NOT NULL,
  input           bigint NOT NULL,
  cache_read      bigint NOT NULL,
  cache_write     bigint NOT NULL,
  cache_write_1h  bigint NOT NULL,
  input_audio     bigint NOT NULL,
  output          bigint NOT NULL,
  reasoning       bigint NOT NULL,
  output_audio    bigint NOT NULL,
  input_cost      bigint NOT NULL,
  output_cost     bigint NOT NULL,
  PRIMARY KEY (organization_id, bucket, origin, provider, model, agent, revision, environment)
);

CREATE TABLE usage.day (LIKE usage.hour INCLUDING ALL);

-- The same by the token that reported it: for "usage of this token".
CREATE TABLE usage.token_day (
  organization_id uuid   NOT NULL,
  family_id       uuid   NOT NULL,
  bucket          timestamptz(0) NOT NULL,
  origin          text   NOT NULL,
  calls           bigint NOT NULL,
  unpriced_calls  bigint NOT NULL,
  input_tokens    bigint NOT NULL,
  output_tokens   bigint NOT NULL,
  cost            bigint NOT NULL,
  PRIMARY KEY (organization_id, family_id, bucket, origin)
);
CREATE INDEX token_day_by_day ON usage.token_day (organization_id, bucket);

-- Bytes that the knowledge bases hold: a level, never summed over days.
CREATE TABLE usage.storage_day (
  organization_id uuid   NOT NULL,
  knowledge_base  text   NOT NULL,
  bucket          timestamptz(0) NOT NULL,
  last_bytes      bigint NOT NULL,
  max_bytes       bigint NOT NULL,
  last_at         timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, knowledge_base, bucket)
);

-- Results of counting again: whether what charts read is what was reported.
CREATE TABLE usage.recount (
  organization_id uuid PRIMARY KEY,
  counted_at      timestamptz(3) NOT NULL,
  events          bigint NOT NULL,
  -- Rows of days, hours or tokens that differed.
  differences     bigint NOT NULL
);

-- Makes the partitions of the month before p_now to p_months after it. Safe to run from many processes.
CREATE FUNCTION usage.ensure_partitions(p_now timestamptz, p_months integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  start   timestamp;
  name    text;
  made    integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('usage.ensure_partitions'));
  FOR step IN -2..p_months LOOP
    start := date_trunc('month', p_now AT TIME ZONE 'UTC') + step * interval '1 month';
    name := 'event_' || to_char(start, 'YYYYMM');
    IF to_regclass('usage.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE usage.%I PARTITION OF usage.event FOR VALUES FROM (%L) TO (%L)', name,
                     start AT TIME ZONE 'UTC', (start + interval '1 month') AT TIME ZONE 'UTC');
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;

SELECT usage.ensure_partitions(now(), 3);
