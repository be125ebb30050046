-- Which events of this agent reach a collaborator. By which way they do is said by the person's preferences.
ALTER TABLE agents.collaborator
  ADD COLUMN error_alerts          boolean NOT NULL DEFAULT true,
  ADD COLUMN access_request_alerts boolean NOT NULL DEFAULT true,
  ADD COLUMN budget_alerts         boolean NOT NULL DEFAULT true;

-- What a member has asked for on an agent: one row for each, until it expires. What was answered stays until then
-- too, so that admins who answer at once learn of each other. Goes with the membership.
CREATE TABLE agents.access_request (
  organization_id uuid NOT NULL,
  agent_uid       uuid NOT NULL,
  user_id         uuid NOT NULL,
  -- Of this asking: a new one after an answer.
  id              uuid NOT NULL,
  role            text NOT NULL CHECK (role IN ('VIEWER', 'EDITOR', 'ADMIN')),
  message         text NOT NULL,
  state           text NOT NULL CHECK (state IN ('PENDING', 'APPROVED', 'REJECTED')),
  created_at      timestamptz(3) NOT NULL,
  modified_at     timestamptz(3) NOT NULL,
  expires_at      timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, agent_uid, user_id),
  FOREIGN KEY (organization_id, agent_uid) REFERENCES agents.agent (organization_id, uid) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, user_id)
    REFERENCES public.memberships (organization_id, user_id) ON DELETE CASCADE
);
CREATE INDEX access_request_by_user ON agents.access_request (organization_id, user_id);
CREATE INDEX access_request_by_end ON agents.access_request (expires_at);

-- How often somebody has asked within an hour of the first time, for agents that are there and names that are not.
CREATE TABLE agents.access_request_pace (
  organization_id uuid NOT NULL,
  user_id         uuid NOT NULL,
  since           timestamptz(3) NOT NULL,
  requests        integer NOT NULL,
  PRIMARY KEY (organization_id, user_id),
  FOREIGN KEY (organization_id, user_id)
    REFERENCES public.memberships (organization_id, user_id) ON DELETE CASCADE
);

-- Runs of an agent that failed and that nobody was told of yet. Only a run that fails touches it.
CREATE TABLE execution.failure_alert (
  organization_id uuid    NOT NULL,
  agent_uid       uuid    NOT NULL,
  -- -infinity where nobody was told yet.
  told_at         timestamptz(3) NOT NULL,
  untold          integer NOT NULL CHECK (untold >= 0),
  last_code       text    NOT NULL,
  last_failed_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, agent_uid)
);
CREATE INDEX failure_alert_untold ON execution.failure_alert (told_at) WHERE untold > 0;
