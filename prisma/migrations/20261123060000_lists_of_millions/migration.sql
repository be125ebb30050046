-- Lists are asked for the few among the many: what failed, what was tried, what is of one type.
CREATE INDEX delivery_by_state ON inbound.delivery (organization_id, endpoint_id, state, received_at DESC, id DESC);
CREATE INDEX delivery_by_type ON inbound.delivery (organization_id, endpoint_id, event_type, received_at DESC, id DESC)
  WHERE event_type IS NOT NULL;
-- The first of them lists what is in trouble too.
DROP INDEX inbound.delivery_in_trouble;

CREATE INDEX run_not_succeeded ON execution.run (organization_id, status, id) WHERE status <> 'SUCCEEDED';
CREATE INDEX run_of_test ON execution.run (organization_id, id) WHERE origin = 'TEST';
