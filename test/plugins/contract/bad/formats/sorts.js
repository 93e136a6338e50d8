export const format = {
  *roles({ accounts }) {
    for (const { name } of accounts.sort((a, b) => (a.name < b.name ? -1 : 1))) yield `${name}\n`;
  },
};
