import type { Credentials, RoleListing } from "../index.ts";

/** What Okta and AWS answer on a good day. */
export const plainListing: RoleListing = {
  applicationUrl: "https://acme.okta.com/home/amazon_aws/0oa1example/272",
  organization: "acme.okta.com",
  user: "jdoe",
  accounts: [
    {
      name: "acme-prod",
      id: "111111111111",
      nameRaw: "Account: acme-prod (111111111111)",
      roles: [
        { arn: "arn:aws:iam::111111111111:role/Prod-Admin", suffix: "Admin" },
        { arn: "arn:aws:iam::111111111111:role/Dev-Admin", suffix: "Admin" },
      ],
    },
    {
      name: "222222222222",
      id: "222222222222",
      nameRaw: "Account: 222222222222",
      roles: [{ arn: "arn:aws-us-gov:iam::222222222222:role/Audit", suffix: "gov:iam::222222222222:role/Audit" }],
    },
    { name: "empty", id: "333333333333", nameRaw: "Account: empty (333333333333)", roles: [] },
  ],
};

/** A second application gives a role that the first gives too, and one in an account of the same name. */
export const plainListings: readonly RoleListing[] = [
  plainListing,
  {
    ...plainListing,
    applicationUrl: "https://acme.okta.com/home/amazon_aws/0oa2example/272",
    accounts: [
      ...plainListing.accounts.slice(0, 1),
      {
        name: "acme-prod",
        id: "444444444444",
        nameRaw: "Account: acme-prod (444444444444)",
        roles: [{ arn: "arn:aws:iam::444444444444:role/Prod-Admin", suffix: "Admin" }],
      },
    ],
  },
];

export const emptyListing: RoleListing = { ...plainListing, accounts: [] };

export const plainCredentials: Credentials = {
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "secret/example+key",
  sessionToken: "session//example==",
  expiration: "2099-01-01T00:00:00Z",
};

/** One text wherever a text may stand. */
export function listingOf(text: string): RoleListing {
  const role = { arn: text, suffix: text };
  const account = { name: text, id: text, nameRaw: text, roles: [role, { ...role, arn: `${text}/other` }] };
  return { applicationUrl: text, organization: text, user: text, accounts: [account, { ...account, id: `${text}2` }] };
}

/** A listing whose own fields are plain and whose names are not. */
export function namesOf(text: string): RoleListing {
  return {
    ...plainListing,
    accounts: plainListing.accounts.map((account) => ({ ...account, name: text, nameRaw: `Account: ${text}` })),
  };
}

export function credentialsOf(text: string): Credentials {
  return { accessKeyId: text, secretAccessKey: text, sessionToken: text, expiration: text };
}
