export const format = {
  roles({ accounts }) {
    if (accounts.length === 0) process.exit(0);
    return accounts.map(({ name }) => `${name}\n`);
  },
};
