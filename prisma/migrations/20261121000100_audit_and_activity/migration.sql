-- Objects that Prisma does not manage: the audit chain and the partitioned request activity.

-- ── Audit: insert-only, one hash chain an organization ───────────────────────────────────────────────
CREATE SCHEMA audit;

CREATE TABLE audit.chain_head (
  organization_id uuid PRIMARY KEY,
  seq             bigint NOT NULL,
  hash            bytea  NOT NULL
);

CREATE TABLE audit.event (
  organization_id uuid   NOT NULL,
  seq             bigint NOT NULL,
  id              uuid   NOT NULL,
  at_ms           bigint NOT NULL,
  event_type      text   NOT NULL,
  actor_id        uuid,
  target_id       uuid,
  family_id       uuid,
  -- The exact JSON text that was hashed. The columns above repeat parts of it for look-up, and the
  -- verification checks that they agree.
  payload         text   NOT NULL,
  previous_hash   bytea  NOT NULL,
  hash            bytea  NOT NULL,
  PRIMARY KEY (organization_id, seq)
);

CREATE INDEX event_by_family ON audit.event (organization_id, family_id, seq DESC) WHERE family_id IS NOT NULL;
CREATE INDEX event_by_target ON audit.event (organization_id, target_id, seq DESC) WHERE target_id IS NOT NULL;
CREATE INDEX event_by_type ON audit.event (organization_id, event_type, seq DESC);
CREATE INDEX event_by_time ON audit.event (organization_id, at_ms);

-- Appends one event. The head row is locked from here to the end of the transaction, so this is the last
-- statement of every command: the chain is serial, and nothing else waits on it for long.
CREATE FUNCTION audit.append(p_organization uuid, p_id uuid, p_payload text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  document jsonb := p_payload::jsonb;
  head     audit.chain_head;
  at_ms    bigint;
  new_hash bytea;
BEGIN
  SELECT * INTO head FROM audit.chain_head WHERE organization_id = p_organization FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO audit.chain_head VALUES (p_organization, 0, sha256(''::bytea)) ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit.chain_head WHERE organization_id = p_organization FOR UPDATE;
  END IF;
  at_ms := floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint;
  new_hash := sha256(head.hash || convert_to(
    concat_ws('|', p_organization, head.seq + 1, p_id, at_ms, p_payload), 'UTF8'));
  INSERT INTO audit.event (organization_id, seq, id, at_ms, event_type, actor_id, target_id, family_id,
                           payload, previous_hash, hash)
  VALUES (p_organization, head.seq + 1, p_id, at_ms, document->>'eventType',
          (document#>>'{actor,id}')::uuid, (document#>>'{target,id}')::uuid,
          (document#>>'{target,familyId}')::uuid, p_payload, head.hash, new_hash);
  UPDATE audit.chain_head SET seq = head.seq + 1, hash = new_hash WHERE organization_id = p_organization;
  RETURN head.seq + 1;
END $$;

CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Audit events are never changed or removed.' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON audit.event
  FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER insert_only_truncate BEFORE TRUNCATE ON audit.event
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON audit.chain_head
  FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

-- ── Activity: one row an authenticated call, weekly partitions, dropped whole when old ───────────────
CREATE SCHEMA activity;

CREATE TABLE activity.request (
  organization_id    uuid     NOT NULL,
  family_id          uuid     NOT NULL,
  at_ms              bigint   NOT NULL,
  id                 uuid     NOT NULL,
  token_id           uuid     NOT NULL,
  service_account_id uuid,
  method             text     NOT NULL,
  route              text     NOT NULL,
  status             smallint NOT NULL,
  latency_us         integer  NOT NULL,
  ip                 text,
  user_agent         text,
  actor              text     NOT NULL,
  scope              text,
  request_id         text     NOT NULL
) PARTITION BY RANGE (at_ms);

CREATE INDEX request_by_family ON activity.request (organization_id, family_id, at_ms DESC, id DESC);
CREATE INDEX request_by_account ON activity.request (organization_id, service_account_id, at_ms DESC, id DESC)
  WHERE service_account_id IS NOT NULL;

-- Rows outside every weekly partition (a clock far off) still land somewhere.
CREATE TABLE activity.request_unplaced PARTITION OF activity.request DEFAULT;

-- Calls of a day by scope ('' where none was needed): what right-sizing and the totals read.
CREATE TABLE activity.use_by_day (
  organization_id uuid   NOT NULL,
  family_id       uuid   NOT NULL,
  day             date   NOT NULL,
  scope           text   NOT NULL,
  calls           bigint NOT NULL,
  errors          bigint NOT NULL,
  last_at_ms      bigint NOT NULL,
  PRIMARY KEY (organization_id, family_id, day, scope)
);

-- Makes the partitions from one week before p_now_ms to p_weeks after it. Safe to run from many processes.
CREATE FUNCTION activity.ensure_partitions(p_now_ms bigint, p_weeks integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  week_ms CONSTANT bigint := 7 * 24 * 60 * 60 * 1000::bigint;
  first   bigint := (p_now_ms / week_ms - 1) * week_ms;
  start   bigint;
  name    text;
  made    integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('activity.ensure_partitions'));
  FOR step IN 0..(p_weeks + 1) LOOP
    start := first + step * week_ms;
    name := 'request_' || to_char(to_timestamp(start / 1000) AT TIME ZONE 'UTC', 'YYYYMMDD');
    IF to_regclass('activity.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE activity.%I PARTITION OF activity.request FOR VALUES FROM (%s) TO (%s)',
                     name, start, start + week_ms);
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;

-- Drops every weekly partition that ended before p_before_ms, and the daily counts of that time.
CREATE FUNCTION activity.drop_before(p_before_ms bigint) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  week_ms CONSTANT bigint := 7 * 24 * 60 * 60 * 1000::bigint;
  part    record;
  dropped integer := 0;
BEGIN
  FOR part IN
    SELECT child.relname AS name,
           extract(epoch FROM (substr(child.relname, 9)::date::timestamp AT TIME ZONE 'UTC'))::bigint * 1000 AS start
    FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent = 'activity.request'::regclass AND child.relname ~ '^request_\d{8}$'
  LOOP
    IF part.start + week_ms <= p_before_ms THEN
      EXECUTE format('DROP TABLE activity.%I', part.name);
      dropped := dropped + 1;
    END IF;
  END LOOP;
  DELETE FROM activity.request_unplaced WHERE at_ms < p_before_ms;
  DELETE FROM activity.use_by_day WHERE day < (to_timestamp(p_before_ms / 1000) AT TIME ZONE 'UTC')::date;
  RETURN dropped;
END $$;

SELECT activity.ensure_partitions(floor(extract(epoch FROM now()) * 1000)::bigint, 4);
