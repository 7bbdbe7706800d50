import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type AccountSecurity = Schemas["AccountSecurity"];
export type OpenSession = Schemas["OpenSession"];
export type AccountEvent = Schemas["AccountEvent"];
export type AccountEvents = Schemas["AccountEvents"];
export type Enrolment = Schemas["Enrolment"];
export type RecoveryCodes = Schemas["RecoveryCodes"];
export type ApiToken = Schemas["ApiToken"];
export type Scope = ApiToken["scope"];
export type Protection = Schemas["Protection"];
