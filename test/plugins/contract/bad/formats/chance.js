export const format = { credentials: ({ accessKeyId }) => `${accessKeyId} ${Math.random()}\n` };
