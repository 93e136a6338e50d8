const template = await new Promise(() => {
  // Whoever should answer is not there.
});

export const format = { roles: () => [template] };
