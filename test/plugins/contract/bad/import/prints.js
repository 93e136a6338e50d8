// biome-ignore lint/suspicious/noConsole: it is what is bad here
console.log("acme 1.0, all rights reserved");

export const format = { roles: () => [] };
