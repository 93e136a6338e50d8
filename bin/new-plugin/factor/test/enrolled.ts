/** The factor as Okta lists it for somebody who has it: the real entry of your org, from `/api/v1/authn`, belongs here. */
export const enrolled = {
  key: "{{key}}",
  factorType: "{{factorType}}",
  provider: "{{provider}}",
  vendorName: "{{vendorName}}",
  profile: {},
};
