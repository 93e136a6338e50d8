import type { RoleListing } from "@aws-okta-processor/contract";
import fc from "fast-check";
import { anyText } from "./any-text.ts";

/** Listings whose every name is anything at all. */
export const anyListing: fc.Arbitrary<RoleListing> = fc.record({
  applicationUrl: anyText,
  organization: anyText,
  user: anyText,
  accounts: fc.array(
    fc.record({
      name: anyText,
      id: anyText,
      nameRaw: anyText,
      roles: fc.array(fc.record({ arn: anyText, suffix: anyText }), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
});

/** One role of two accounts, in ordinary and in odd words. */
export const someListing: RoleListing = {
  applicationUrl: "https://acme.okta.com/home/amazon_aws/0oa1/272",
  organization: "acme.okta.com",
  user: "jdoe",
  accounts: [
    {
      name: "acme-prod",
      id: "111111111111",
      nameRaw: "Account: acme-prod (111111111111)",
      roles: [{ arn: "arn:aws:iam::111111111111:role/Dev-Admin", suffix: "Admin" }],
    },
    {
      name: 'Ünï "x", 日本 ',
      id: "222222222222",
      nameRaw: "Account: 222222222222",
      roles: [{ arn: "arn:aws:iam::222222222222:role/teams/Audit", suffix: "arn:aws:iam::222222222222:role/teams/Audit" }],
    },
    { name: "empty", id: "333333333333", nameRaw: "Account: empty (333333333333)", roles: [] },
  ],
};
