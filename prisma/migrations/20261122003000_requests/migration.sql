-- Requests of programs, from our own traffic: added up in the transaction that records them.

-- Hours are kept for 36 days, days for good.
CREATE TABLE usage.request_hour (
  organization_id uuid   NOT NULL,
  bucket          timestamptz(0) NOT NULL,
  -- lib/access/request-channel.ts.
  channel         text   NOT NULL CHECK (channel IN ('API', 'CONNECTOR')),
  requests        bigint NOT NULL,
  -- Of the requests: those that were answered with 400 or more.
  failed          bigint NOT NULL,
  PRIMARY KEY (organization_id, bucket, channel)
);

CREATE TABLE usage.request_day (LIKE usage.request_hour INCLUDING ALL);
