export const markdown = { roles: () => [] };
