export type View = Readonly<Record<string, unknown>>;

export function link(href: string, allow: readonly string[], name?: string): View {
  return { ...(name === undefined ? {} : { name }), href, hints: { allow } };
}

/** A link to the transaction's own API. @param path what follows `/api/v1/authn/` */
export function authnLink(origin: string, path: string, name?: string): View {
  return link(`${origin}/api/v1/authn/${path}`, ["POST"], name);
}
