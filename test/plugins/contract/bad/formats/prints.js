export const format = {
  roles({ accounts }) {
    process.stdout.write(`${accounts.length} accounts\n`);
    return [];
  },
};
