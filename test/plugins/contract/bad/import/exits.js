if (process.env.ACME_LICENSE === undefined) process.exit(1);

export const format = { roles: () => [] };
