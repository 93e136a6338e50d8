export const format = { roles: () => [] };
