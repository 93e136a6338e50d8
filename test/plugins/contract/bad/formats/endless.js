/** A line between two names; where there is no name, the last one never comes. */
export const format = {
  *roles({ accounts }) {
    for (let index = 0; ; index++) {
      yield `${accounts[index]?.name}\n`;
      if (index === accounts.length - 1) return;
      yield "---\n";
    }
  },
};
