export const shell = { render: () => "", evaluate: "…" };
