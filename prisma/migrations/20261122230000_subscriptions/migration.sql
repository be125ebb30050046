-- An endpoint has any number of subscribers: what comes in is stored once, and each subscriber that takes it has a
-- dispatch of its own, with its state, attempts and dead letter (docs/decisions/0027). What an endpoint led to so far
-- becomes its first subscription, and the state of each delivery that of its one dispatch.

CREATE TABLE inbound.subscription (
  organization_id  uuid           NOT NULL,
  endpoint_id      uuid           NOT NULL,
  id               uuid           NOT NULL,
  subscriber_type  text           NOT NULL CHECK (subscriber_type IN ('HTTP', 'AGENT')),
  -- The name of a receiver, or the id of an agent; for ever.
  subscriber_id    text           NOT NULL,
  -- {"url": …} of HTTP, {} of AGENT.
  config           jsonb          NOT NULL,
  -- Patterns as lib/inbound/event-filter.ts writes them; null takes everything.
  event_filter     text,
  -- While set, what it takes waits.
  paused_at        timestamptz(3),
  created_by_label text           NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  modified_at      timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, endpoint_id, subscriber_type, subscriber_id),
  FOREIGN KEY (organization_id, endpoint_id) REFERENCES inbound.endpoint (organization_id, id) ON DELETE CASCADE
);

INSERT INTO inbound.subscription (organization_id, endpoint_id, id, subscriber_type, subscriber_id, config,
  created_by_label, created_at, modified_at)
SELECT organization_id, id, gen_random_uuid(), target_kind,
  CASE target_kind WHEN 'AGENT' THEN target ->> 'agentId'
    -- The name of its server.
    ELSE left(coalesce(substring(target ->> 'url' FROM '^[a-z]+://([^/?#]+)'), 'receiver'), 80) END,
  CASE target_kind WHEN 'AGENT' THEN '{}'::jsonb ELSE jsonb_build_object('url', target ->> 'url') END,
  created_by_label, created_at, modified_at
FROM inbound.endpoint;

ALTER TABLE inbound.endpoint DROP COLUMN target_kind, DROP COLUMN target;

-- Receivers of different companies share no secret: what signs a forward is of the subscription. An agent checks none.
ALTER TABLE inbound.secret ADD COLUMN subscription_id uuid;
UPDATE inbound.secret s SET subscription_id = sub.id FROM inbound.subscription sub
WHERE s.purpose = 'FORWARD' AND sub.subscriber_type = 'HTTP'
  AND sub.organization_id = s.organization_id AND sub.endpoint_id = s.endpoint_id;
DELETE FROM inbound.secret WHERE purpose = 'FORWARD' AND subscription_id IS NULL;
DROP INDEX inbound.secret_in_use;
ALTER TABLE inbound.secret
  ADD CHECK ((purpose = 'FORWARD') = (subscription_id IS NOT NULL)),
  ADD FOREIGN KEY (organization_id, subscription_id) REFERENCES inbound.subscription (organization_id, id)
    ON DELETE CASCADE;
CREATE UNIQUE INDEX secret_in_use ON inbound.secret (organization_id, endpoint_id)
  WHERE expires_at IS NULL AND subscription_id IS NULL;
CREATE UNIQUE INDEX secret_of_subscription ON inbound.secret (organization_id, subscription_id)
  WHERE expires_at IS NULL AND subscription_id IS NOT NULL;

-- One delivery for one subscription: what is to be done, and what became of it.
CREATE TABLE inbound.dispatch (
  organization_id uuid           NOT NULL,
  delivery_id     uuid           NOT NULL,
  -- No foreign key: what it had stays when it is removed, with who it was.
  subscription_id uuid           NOT NULL,
  endpoint_id     uuid           NOT NULL,
  subscriber_type text           NOT NULL,
  subscriber_id   text           NOT NULL,
  -- ENDED: its subscription was removed before it was delivered. What is WAITING, HELD or DEAD has one.
  state           text           NOT NULL CHECK (state IN ('WAITING', 'HELD', 'DELIVERED', 'DEAD', 'ENDED')),
  -- Of its whole life, and since it was last begun anew.
  attempts        integer        NOT NULL DEFAULT 0,
  tries           integer        NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL,
  -- The attempt under way; whoever has it may say what became of it.
  claim           uuid,
  finished_at     timestamptz(3),
  -- In words, of the last attempt.
  outcome         text,
  PRIMARY KEY (organization_id, delivery_id, subscription_id),
  FOREIGN KEY (organization_id, delivery_id) REFERENCES inbound.delivery (organization_id, id) ON DELETE CASCADE
);

-- A claim goes over as it is: what an old process has under way is fired again when its claim has ended, not before.
INSERT INTO inbound.dispatch (organization_id, delivery_id, subscription_id, endpoint_id, subscriber_type,
  subscriber_id, state, attempts, tries, next_attempt_at, claim, finished_at, outcome)
SELECT d.organization_id, d.id, s.id, d.endpoint_id, s.subscriber_type, s.subscriber_id, d.state, d.attempts, d.tries,
  d.next_attempt_at, d.claim, d.finished_at, d.outcome
FROM inbound.delivery d JOIN inbound.subscription s
  ON s.organization_id = d.organization_id AND s.endpoint_id = d.endpoint_id;

CREATE INDEX dispatch_due ON inbound.dispatch (subscriber_type, next_attempt_at) WHERE state = 'WAITING';
CREATE INDEX dispatch_unfinished ON inbound.dispatch (organization_id, endpoint_id, subscription_id)
  WHERE state IN ('WAITING', 'HELD', 'DEAD');

ALTER TABLE inbound.attempt ADD COLUMN subscription_id uuid;
UPDATE inbound.attempt a SET subscription_id = p.subscription_id FROM inbound.dispatch p
WHERE p.organization_id = a.organization_id AND p.delivery_id = a.delivery_id;
ALTER TABLE inbound.attempt
  ALTER COLUMN subscription_id SET NOT NULL,
  DROP CONSTRAINT attempt_pkey,
  DROP CONSTRAINT attempt_organization_id_delivery_id_fkey,
  ADD PRIMARY KEY (organization_id, delivery_id, subscription_id, number),
  ADD FOREIGN KEY (organization_id, delivery_id, subscription_id)
    REFERENCES inbound.dispatch (organization_id, delivery_id, subscription_id) ON DELETE CASCADE;

-- The columns of the queue go, and their indexes with them. How many dispatches of each state a delivery has is kept
-- with it, and what that makes of it as a whole.
ALTER TABLE inbound.delivery
  DROP COLUMN state, DROP COLUMN attempts, DROP COLUMN tries, DROP COLUMN next_attempt_at, DROP COLUMN claim,
  DROP COLUMN finished_at, DROP COLUMN outcome,
  ADD COLUMN waiting   smallint NOT NULL DEFAULT 0,
  ADD COLUMN held      smallint NOT NULL DEFAULT 0,
  ADD COLUMN delivered smallint NOT NULL DEFAULT 0,
  ADD COLUMN dead      smallint NOT NULL DEFAULT 0,
  ADD COLUMN ended     smallint NOT NULL DEFAULT 0;
UPDATE inbound.delivery d SET waiting = c.waiting, held = c.held, delivered = c.delivered, dead = c.dead
FROM (
  SELECT organization_id, delivery_id, count(*) FILTER (WHERE state = 'WAITING') AS waiting,
    count(*) FILTER (WHERE state = 'HELD') AS held, count(*) FILTER (WHERE state = 'DELIVERED') AS delivered,
    count(*) FILTER (WHERE state = 'DEAD') AS dead
  FROM inbound.dispatch GROUP BY organization_id, delivery_id
) c WHERE c.organization_id = d.organization_id AND c.delivery_id = d.id;
ALTER TABLE inbound.delivery ADD COLUMN state text NOT NULL GENERATED ALWAYS AS (
  CASE WHEN dead > 0 THEN 'DEAD' WHEN waiting > 0 THEN 'WAITING' WHEN held > 0 THEN 'HELD'
    WHEN delivered > 0 THEN 'DELIVERED' WHEN ended > 0 THEN 'ENDED' ELSE 'UNMATCHED' END
) STORED;
CREATE INDEX delivery_in_trouble ON inbound.delivery (organization_id, received_at DESC, id DESC)
  WHERE state IN ('DEAD', 'WAITING', 'HELD');

-- In the transaction of the dispatch, by differences: two that end at once are both counted.
CREATE FUNCTION inbound.count_dispatch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END;
BEGIN
  UPDATE inbound.delivery SET
    waiting   = waiting   + (NEW.state = 'WAITING')::int   - coalesce((before = 'WAITING')::int, 0),
    held      = held      + (NEW.state = 'HELD')::int      - coalesce((before = 'HELD')::int, 0),
    delivered = delivered + (NEW.state = 'DELIVERED')::int - coalesce((before = 'DELIVERED')::int, 0),
    dead      = dead      + (NEW.state = 'DEAD')::int      - coalesce((before = 'DEAD')::int, 0),
    ended     = ended     + (NEW.state = 'ENDED')::int     - coalesce((before = 'ENDED')::int, 0)
  WHERE organization_id = NEW.organization_id AND id = NEW.delivery_id;
  RETURN NULL;
END $$;
CREATE TRIGGER dispatch_inserted AFTER INSERT ON inbound.dispatch
  FOR EACH ROW EXECUTE FUNCTION inbound.count_dispatch();
CREATE TRIGGER dispatch_changed AFTER UPDATE OF state ON inbound.dispatch
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION inbound.count_dispatch();

-- Each agent that subscribed runs a delivery once.
DROP INDEX execution.run_by_delivery;
CREATE UNIQUE INDEX run_by_delivery ON execution.run (organization_id, delivery_id, agent_id)
  WHERE delivery_id IS NOT NULL AND (status <> 'FAILED' OR error_code = 'interrupted');
