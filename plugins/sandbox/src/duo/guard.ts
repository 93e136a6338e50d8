import { hasType, html, type Reply, type Request, readCookies } from "../http/message.ts";
import type { Org } from "../okta/memory.ts";
import type { DuoSignIn } from "./duo.ts";

/** A request that belongs to a sign-in of the browser that sent it. */
export interface DuoVisit {
  readonly org: Org;
  readonly request: Request;
  readonly signIn: DuoSignIn;
  /** Of the posted form; empty for a GET. */
  readonly form: URLSearchParams;
}

/** What a request is part of, or why nobody may ask for it. */
export function readVisit(org: Org, request: Request): DuoVisit | { readonly refusal: Reply } {
  const isPost = request.method === "POST";
  if (isPost && !hasType(request, "application/x-www-form-urlencoded")) return refusal(415, "a form must be posted");
  const form = new URLSearchParams(isPost ? request.body : "");
  const signIn = org.duo.signIns.get(form.get("sid") ?? request.query.get("sid") ?? "");
  if (signIn === undefined || signIn.step === "over") return refusal(400, "there is no such sign-in");
  const stranger = findStranger(request, signIn);
  return stranger === undefined ? { org, request, signIn, form } : refusal(403, stranger);
}

/** The cookies of a sign-in: one that stays, one that the prompt takes away again, one for another path. */
export function cookiesFor({ sid, cookie }: DuoSignIn, { origin }: Request): readonly string[] {
  const scope = `HttpOnly${origin.startsWith("https:") ? "; Secure; SameSite=None" : ""}`;
  return [
    `sid|${sid}="${cookie}"; Path=/frame; ${scope}`,
    `loading|${sid}=1; Path=/; ${scope}`,
    `authorize=1; Path=/oauth; Expires=Fri, 31-Dec-2100 23:59:59 GMT; ${scope}`,
  ];
}

export function forgetLoading({ sid }: DuoSignIn): string {
  return `loading|${sid}=; Path=/; Expires=Thu, 01-Jan-1970 00:00:00 GMT`;
}

/** Whether the token that Duo's page carries came along, in the header of a script or among the fields of a form. */
export function hasToken({ request, form, signIn }: DuoVisit, where: "header" | "form"): boolean {
  return (where === "header" ? request.headers["x-xsrftoken"] : form.get("_xsrf")) === signIn.xsrf;
}

export function refusal(status: number, why: string): { readonly refusal: Reply } {
  return { refusal: html(status, `<!DOCTYPE html>\n<html><head><title>Error</title></head><body><p>${why}</p></body></html>\n`) };
}

/** What is wrong with the cookies, if anything is. */
function findStranger(request: Request, { sid, cookie, step }: DuoSignIn): string | undefined {
  const cookies = readCookies(request);
  if (cookies.get(`sid|${sid}`) !== `"${cookie}"`) return "the cookie of this sign-in is missing";
  if (cookies.has("authorize")) return "a cookie of another path came along";
  if (cookies.has("JSESSIONID") || cookies.has("DT")) return "a cookie of another server came along";
  return step === "prompt" && cookies.has(`loading|${sid}`) ? "a cookie that was taken away came along" : undefined;
}
