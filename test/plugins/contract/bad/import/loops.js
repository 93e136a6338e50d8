let width = 1;
while (width !== 80) width += 2;

export const format = { roles: () => ["-".repeat(width)] };
