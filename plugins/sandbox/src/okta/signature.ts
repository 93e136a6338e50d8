import { createHash, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { element, type Markup } from "./xml.ts";

const DS = { "xmlns:ds": "http://www.w3.org/2000/09/xmldsig#" };
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

interface Keys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

let keys: Keys | undefined;

/**
 * The signature of an element that is written in its canonical form and does not hold the signature yet.
 *
 * @param id the element's ID attribute
 * @see https://www.w3.org/TR/xmldsig-core1/
 */
export function signElement(signed: Markup, id: string): Markup {
  const { publicKey, privateKey } = findKeys();
  const digest = createHash("sha256").update(signed.xml).digest("base64");
  // On its own SignedInfo must declare the prefix, inside the signature it need not: the same in canonical form.
  const value = createSign("sha256")
    .update(renderInfo(DS, id, digest).xml)
    .sign(privateKey, "base64");
  return element("ds:Signature", DS, [renderInfo({}, id, digest), element("ds:SignatureValue", {}, [value]), renderKey(publicKey)]);
}

/** Made when first needed, one for the process, and short: nothing rests on it. */
function findKeys(): Keys {
  keys ??= generateKeyPairSync("rsa", { modulusLength: 1024 });
  return keys;
}

function renderInfo(names: Readonly<Record<string, string>>, id: string, digest: string): Markup {
  const prefixes = element("ec:InclusiveNamespaces", { "xmlns:ec": EXCLUSIVE, PrefixList: "xs" }, []);
  const transforms = element("ds:Transforms", {}, [
    element("ds:Transform", { Algorithm: `${DS["xmlns:ds"]}enveloped-signature` }, []),
    element("ds:Transform", { Algorithm: EXCLUSIVE }, [prefixes]),
  ]);
  return element("ds:SignedInfo", names, [
    element("ds:CanonicalizationMethod", { Algorithm: EXCLUSIVE }, []),
    element("ds:SignatureMethod", { Algorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" }, []),
    element("ds:Reference", { URI: `#${id}` }, [
      transforms,
      element("ds:DigestMethod", { Algorithm: "http://www.w3.org/2001/04/xmlenc#sha256" }, []),
      element("ds:DigestValue", {}, [digest]),
    ]),
  ]);
}

function renderKey(publicKey: KeyObject): Markup {
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const parts = [element("ds:Modulus", {}, [toBase64(n)]), element("ds:Exponent", {}, [toBase64(e)])];
  return element("ds:KeyInfo", {}, [element("ds:KeyValue", {}, [element("ds:RSAKeyValue", {}, parts)])]);
}

function toBase64(base64url: string): string {
  return Buffer.from(base64url, "base64url").toString("base64");
}
