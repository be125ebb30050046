-- Where more is due than one look takes, workers go round: from organization to organization, and in each from
-- subscription to subscription (lib/inbound/due.ts). By hashes, because our ids are close together in time: a walk may
-- then begin anywhere, and no one is nearer to its beginning than another.

CREATE INDEX dispatch_turns ON inbound.dispatch
  (subscriber_type, uuid_hash_extended(organization_id, 0), uuid_hash_extended(subscription_id, 0), next_attempt_at)
  WHERE state = 'WAITING';
