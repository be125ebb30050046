-- Objects that Prisma does not manage: what others send in, and what became of it.

CREATE SCHEMA inbound;

CREATE TABLE inbound.endpoint (
  organization_id  uuid           NOT NULL,
  id               uuid           NOT NULL,
  name             text           NOT NULL,
  -- How a delivery proves itself: by a token of ours, or by its sender's signature.
  provider         text           NOT NULL CHECK (provider IN ('GENERIC', 'STANDARD', 'GITHUB', 'STRIPE')),
  -- What is fired, and where: {"url": …} of HTTP.
  target_kind      text           NOT NULL,
  target           jsonb          NOT NULL,
  -- While set, deliveries are taken and wait.
  paused_at        timestamptz(3),
  created_by_label text           NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  modified_at      timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, id),
  UNIQUE (id)
);

-- Shared secrets, sealed (lib/inbound/secret-sealer.ts); after a rotation two may stand for a while.
CREATE TABLE inbound.secret (
  organization_id uuid           NOT NULL,
  endpoint_id     uuid           NOT NULL,
  id              uuid           NOT NULL,
  -- PROVIDER checks what comes in, FORWARD signs what goes out.
  purpose         text           NOT NULL CHECK (purpose IN ('PROVIDER', 'FORWARD')),
  sealed          bytea          NOT NULL,
  created_at      timestamptz(3) NOT NULL,
  -- Null for the present one.
  expires_at      timestamptz(3),
  PRIMARY KEY (organization_id, endpoint_id, id),
  FOREIGN KEY (organization_id, endpoint_id) REFERENCES inbound.endpoint (organization_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX secret_in_use ON inbound.secret (organization_id, endpoint_id, purpose)
  WHERE expires_at IS NULL;

CREATE TABLE inbound.delivery (
  organization_id uuid           NOT NULL,
  id              uuid           NOT NULL,
  endpoint_id     uuid           NOT NULL,
  -- What makes it one and the same, however often it comes.
  delivery_key    text           NOT NULL,
  key_source      text           NOT NULL CHECK (key_source IN ('HEADER', 'EVENT', 'DIGEST')),
  body_digest     bytea          NOT NULL,
  carrier         text           NOT NULL CHECK (carrier IN ('BEARER', 'QUERY', 'PATH', 'SIGNATURE')),
  -- The token that brought it, or the way it proved itself.
  sender          text           NOT NULL,
  event_type      text,
  content_type    text,
  headers         jsonb          NOT NULL,
  -- Null once trimmed.
  body            bytea,
  body_bytes      integer        NOT NULL,
  received_at     timestamptz(3) NOT NULL,
  -- How often it came again.
  copies          integer        NOT NULL DEFAULT 0,
  state           text           NOT NULL CHECK (state IN ('WAITING', 'HELD', 'DELIVERED', 'DEAD')),
  -- Of its whole life, and since it was last begun anew.
  attempts        integer        NOT NULL DEFAULT 0,
  tries           integer        NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL,
  -- The attempt under way; whoever has it may say what became of it.
  claim           uuid,
  finished_at     timestamptz(3),
  -- In words, of the last attempt.
  outcome         text,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, endpoint_id, delivery_key),
  FOREIGN KEY (organization_id, endpoint_id) REFERENCES inbound.endpoint (organization_id, id) ON DELETE CASCADE
);

CREATE INDEX delivery_due ON inbound.delivery (next_attempt_at) WHERE state = 'WAITING';
CREATE INDEX delivery_by_time ON inbound.delivery (organization_id, received_at DESC, id DESC);
CREATE INDEX delivery_by_endpoint ON inbound.delivery (organization_id, endpoint_id, received_at DESC, id DESC);
CREATE INDEX delivery_by_digest ON inbound.delivery (organization_id, endpoint_id, body_digest, received_at DESC)
  WHERE key_source = 'DIGEST';
CREATE INDEX delivery_untrimmed ON inbound.delivery (received_at) WHERE body IS NOT NULL;

CREATE TABLE inbound.attempt (
  organization_id uuid           NOT NULL,
  delivery_id     uuid           NOT NULL,
  number          integer        NOT NULL,
  started_at      timestamptz(3) NOT NULL,
  duration_ms     integer        NOT NULL,
  succeeded       boolean        NOT NULL,
  -- Of the answer; null where none came.
  status          smallint,
  outcome         text           NOT NULL,
  PRIMARY KEY (organization_id, delivery_id, number),
  FOREIGN KEY (organization_id, delivery_id) REFERENCES inbound.delivery (organization_id, id) ON DELETE CASCADE
);
