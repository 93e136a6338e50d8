import fc from "fast-check";

const special = "'\"`$\\!#%&*;|<>(){}[]~^=? \t\n\r\u2018\u2019\u201a\u201b\u001b\u007f\u0085";

const anyCodePoint = fc
  .integer({ min: 1, max: 0x10ffff })
  .filter((codePoint) => codePoint < 0xd800 || codePoint > 0xdfff)
  .map((codePoint) => String.fromCodePoint(codePoint));

/** Any Unicode text without NUL, rich in what shells and files take for more than itself. fast-check's own needs a second to start. */
export const anyText = fc.string({ unit: fc.oneof(fc.constantFrom(...special), anyCodePoint), maxLength: 20 });
