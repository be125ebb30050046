-- CreateEnum
CREATE TYPE "leak_response" AS ENUM ('REVOKE', 'NOTIFY');

-- CreateEnum
CREATE TYPE "leak_outcome" AS ENUM ('REVOKED', 'NOTIFIED', 'ALREADY_ENDED');

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "token_on_leak" "leak_response" NOT NULL DEFAULT 'REVOKE';

-- CreateTable
CREATE TABLE "leak_reports" (
    "organization_id" UUID NOT NULL,
    "token_id" UUID NOT NULL,
    "outcome" "leak_outcome" NOT NULL,
    "reports" INTEGER NOT NULL DEFAULT 1,
    "first_reported_at" TIMESTAMPTZ(3) NOT NULL,
    "last_reported_at" TIMESTAMPTZ(3) NOT NULL,
    "places" JSONB NOT NULL,

    CONSTRAINT "leak_reports_pkey" PRIMARY KEY ("organization_id","token_id")
);

-- CreateIndex
CREATE INDEX "leak_reports_organization_id_last_reported_at_token_id_idx" ON "leak_reports"("organization_id", "last_reported_at" DESC, "token_id");

-- AddForeignKey
ALTER TABLE "leak_reports" ADD CONSTRAINT "leak_reports_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leak_reports" ADD CONSTRAINT "leak_reports_organization_id_token_id_fkey" FOREIGN KEY ("organization_id", "token_id") REFERENCES "tokens"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
