process.env.ACME_LOADED = "yes";

export const format = { roles: () => [] };
