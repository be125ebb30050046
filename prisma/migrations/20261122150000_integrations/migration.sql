-- What an organization publishes as an MCP server. Objects of the schema integrations are not managed by Prisma.

-- AlterEnum
ALTER TYPE "token_type" ADD VALUE 'SYSTEM';

-- AlterTable
ALTER TABLE "tokens" ADD COLUMN     "integration_id" UUID;

-- CreateIndex
CREATE INDEX "tokens_organization_id_integration_id_idx" ON "tokens"("organization_id", "integration_id");

-- A token has one owner.
ALTER TABLE "tokens" ADD CONSTRAINT tokens_integration_alone
  CHECK (integration_id IS NULL OR (owner_user_id IS NULL AND service_account_id IS NULL));

-- However many processes make keys at once, an integration has one that was not revoked.
CREATE UNIQUE INDEX tokens_integration_key ON "tokens" ("organization_id", "integration_id")
  WHERE integration_id IS NOT NULL AND revoked_at IS NULL;

CREATE SCHEMA integrations;

CREATE TABLE integrations.integration (
  organization_id  uuid           NOT NULL,
  uid              uuid           NOT NULL,
  -- Never changes: what programs and addresses call it.
  id               text           NOT NULL,
  display_name     text           NOT NULL,
  description      text           NOT NULL,
  -- Agents, by uid, that the tool run_agent may run.
  agent_uids       uuid[]         NOT NULL,
  created_by_label text           NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  modified_at      timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, uid),
  CONSTRAINT integration_id_key UNIQUE (organization_id, id)
);

-- One an integration; made with the first look at it.
CREATE TABLE integrations.mcp_config (
  organization_id  uuid           NOT NULL,
  integration_uid  uuid           NOT NULL,
  id               uuid           NOT NULL,
  enabled          boolean        NOT NULL,
  exposed_tool_ids text[]         NOT NULL,
  description      text           NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  modified_at      timestamptz(3) NOT NULL,
  PRIMARY KEY (organization_id, integration_uid),
  FOREIGN KEY (organization_id, integration_uid)
    REFERENCES integrations.integration (organization_id, uid) ON DELETE CASCADE
);

-- MCP clients run agents, in the name of their integration.
ALTER TABLE execution.run DROP CONSTRAINT run_maker_kind_check;
ALTER TABLE execution.run ADD CONSTRAINT run_maker_kind_check
  CHECK (maker_kind IN ('PERSON', 'SERVICE_ACCOUNT', 'WEBHOOK', 'INTEGRATION'));
