/** SQL conditions; `userId` is the column that names the person. */

/** An app that was shown, but never confirmed by a code, asks nobody for anything. */
export const hasAuthenticatorApp = (userId: string): string =>
  `EXISTS (SELECT 1 FROM authenticator_apps app
     WHERE app.user_id = ${userId} AND app.confirmed_at IS NOT NULL)`

export const hasPasskey = (userId: string): string =>
  `EXISTS (SELECT 1 FROM passkeys passkey WHERE passkey.user_id = ${userId})`

export const hasSecondFactor = (userId: string): string =>
  `(${hasAuthenticatorApp(userId)} OR ${hasPasskey(userId)})`
