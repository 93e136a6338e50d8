import type { Hostility } from "../scenario.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What stands before the factors, and is none that anybody knows. */
const STRANGE_FACTORS: readonly unknown[] = [
  null,
  "push",
  { factorType: "push" },
  { id: "tel1", factorType: "telepathy", provider: "OKTA", vendorName: "OKTA", profile: "a text" },
  {
    id: "evl1",
    factorType: "\u001b[2Jtoken",
    provider: "EVIL\n",
    vendorName: "\u202evendor\u0007",
    profile: { name: "\u001b]0;owned\u0007" },
  },
];

const FORGED_ORIGIN = "https://okta.attacker.example";

/** Says the same in a form that a client has to be careful with. */
export function distort(value: unknown, kinds: readonly Hostility[], origin: string): unknown {
  if (Array.isArray(value)) return value.map((inner) => distort(inner, kinds, origin));
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, distort(field, kinds, origin)]));
  return kinds.reduce<Fields>((fields, kind) => distortObject(fields, kind, origin), inner);
}

function distortObject(fields: Fields, kind: Hostility, origin: string): Fields {
  switch (kind) {
    case "off-org-links":
      return change(fields, "href", (href) => String(href).replace(origin, FORGED_ORIGIN));
    case "factor-for-factors":
      return Array.isArray(fields["factors"]) ? { ...without(fields, "factors"), factor: fields["factors"] } : fields;
    case "factors-missing":
      return without(fields, "factors");
    case "no-profile":
      return "factorType" in fields ? without(fields, "profile") : fields;
    case "no-vendor":
      return without(fields, "vendorName");
    case "unknown-factors":
      return change(fields, "factors", (factors) => (Array.isArray(factors) ? STRANGE_FACTORS.concat(factors) : factors));
    case "resend-as-object":
      return change(fields, "resend", (resend) => (Array.isArray(resend) ? resend[0] : resend));
    case "policy-info-null":
      return change(fields, "factorsPolicyInfo", () => null);
    case "error-cause-misspelt":
      return "errorCauses" in fields ? { ...without(fields, "errorCauses"), errorCause: fields["errorCauses"] } : fields;
  }
}

function change(fields: Fields, name: string, replace: (value: unknown) => unknown): Fields {
  return name in fields ? { ...fields, [name]: replace(fields[name]) } : fields;
}

function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}
