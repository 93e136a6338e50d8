export const format = {
  roles: ({ accounts }) => [`${accounts.length} accounts on ${new Date().toDateString()}\n`],
  credentials: ({ expiration }) => `${Date.parse(expiration) - Date.now() > 0 ? `${new Date().getFullYear()}` : "ended"}\n`,
};
