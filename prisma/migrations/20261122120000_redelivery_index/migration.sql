-- What was given up at an endpoint is counted at each look at its page, and sent again at one go.

CREATE INDEX delivery_dead ON inbound.delivery (organization_id, endpoint_id, received_at) WHERE state = 'DEAD';
