import { channel } from "node:diagnostics_channel";

/** Told of each request of ours when all of it is on its way. Node's own channels tell before there is a connection. */
export const sent = channel("aws-okta-processor:http:sent");
