/**
 * XML that is already in its canonical form, so that it can be signed as it stands: no empty-element tags, no white space between elements, and
 * attributes in the order in which they are given, which must be the canonical one.
 *
 * @see https://www.w3.org/TR/xml-exc-c14n/
 */
export type Markup = { readonly xml: string };

/** @param content text is escaped, markup is taken as it is */
export function element(name: string, attributes: Readonly<Record<string, string>>, content: readonly (string | Markup)[]): Markup {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeValue(value)}"`);
  const inner = content.map((part) => (typeof part === "string" ? escapeText(part) : part.xml));
  return { xml: `<${name}${written.join("")}>${inner.join("")}</${name}>` };
}

export function attribute(name: string, format: string, values: readonly string[]): Markup {
  const types = {
    "xmlns:xs": "http://www.w3.org/2001/XMLSchema",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:type": "xs:string",
  };
  const written = values.map((value) => element("saml2:AttributeValue", types, [value]));
  return element("saml2:Attribute", { Name: name, NameFormat: format }, written);
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function escapeValue(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
