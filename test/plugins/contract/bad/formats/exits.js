export const format = {
  roles({ accounts }) {
    if (accounts.length === 0) leave();
    return accounts.map(({ name }) => `${name}\n`);
  },
};

function leave() {
  try {
    process.exit(0);
  } catch (cause) {
    throw new Error("it does not even end", { cause });
  }
}
