-- CreateEnum
CREATE TYPE "email_state" AS ENUM ('WAITING', 'SENT', 'FAILED');

-- CreateEnum
CREATE TYPE "email_link_purpose" AS ENUM ('RESET_PASSWORD', 'CHANGE_EMAIL');

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "deletes_at" TIMESTAMPTZ(3),
ADD COLUMN     "deletion_asked_at" TIMESTAMPTZ(3),
ADD COLUMN     "logo_id" UUID,
ADD COLUMN     "website" TEXT;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "avatar_id" UUID;

-- CreateTable
CREATE TABLE "outgoing_emails" (
    "id" UUID NOT NULL,
    "organization_id" UUID,
    "idempotency_key" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "sealed_link" BYTEA,
    "subject" TEXT,
    "state" "email_state" NOT NULL DEFAULT 'WAITING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outgoing_emails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization_addresses" (
    "slug" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "organization_addresses_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "pictures" (
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "webp_64" BYTEA NOT NULL,
    "webp_256" BYTEA NOT NULL,
    "png_128" BYTEA NOT NULL,

    CONSTRAINT "pictures_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "invited_by_id" UUID,
    "invited_by_label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "email_links" (
    "secret_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" "email_link_purpose" NOT NULL,
    "new_email" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "email_links_pkey" PRIMARY KEY ("secret_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "outgoing_emails_idempotency_key_key" ON "outgoing_emails"("idempotency_key");

-- CreateIndex
CREATE INDEX "outgoing_emails_organization_id_created_at_idx" ON "outgoing_emails"("organization_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "outgoing_emails_state_created_at_idx" ON "outgoing_emails"("state", "created_at");

-- CreateIndex
CREATE INDEX "organization_addresses_organization_id_idx" ON "organization_addresses"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_secret_hash_key" ON "invitations"("secret_hash");

-- CreateIndex
CREATE INDEX "invitations_email_idx" ON "invitations"("email");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_organization_id_email_key" ON "invitations"("organization_id", "email");

-- CreateIndex
CREATE INDEX "email_links_user_id_purpose_idx" ON "email_links"("user_id", "purpose");

-- AddForeignKey
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_logo_id_fkey" FOREIGN KEY ("logo_id") REFERENCES "pictures"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_avatar_id_fkey" FOREIGN KEY ("avatar_id") REFERENCES "pictures"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_addresses" ADD CONSTRAINT "organization_addresses_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_links" ADD CONSTRAINT "email_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Every slug stays with the organization that had it first. In the database, because organizations are
-- made in several places and two of them must never race for one address.
CREATE FUNCTION keep_organization_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN RETURN NEW; END IF;
  UPDATE organization_addresses SET retired_at = now()
   WHERE organization_id = NEW.id AND retired_at IS NULL AND slug <> NEW.slug;
  INSERT INTO organization_addresses (slug, organization_id) VALUES (NEW.slug, NEW.id)
  ON CONFLICT (slug) DO UPDATE SET retired_at = NULL, since = now()
   WHERE organization_addresses.organization_id = NEW.id;
  IF NOT FOUND THEN
    RAISE unique_violation USING CONSTRAINT = 'organization_addresses_pkey',
      MESSAGE = 'The address belongs to another organization.';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_organization_address AFTER INSERT OR UPDATE OF slug ON organizations
FOR EACH ROW EXECUTE FUNCTION keep_organization_address();

INSERT INTO organization_addresses (slug, organization_id) SELECT slug, id FROM organizations;
