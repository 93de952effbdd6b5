import type { TemplateFailure } from './template.ts';

/** What went wrong while variables were expanded; `in` names the variable whose definition it was. */
export interface ExpansionReport {
  /** Referred to, without a default, and not set anywhere: they became empty. */
  readonly undefined: { readonly variable: string; readonly in: string }[];
  /** `${NAME:?message}` of a variable that is missing: unset; and expressions that are none: left as they stand. */
  readonly failures: (TemplateFailure & { readonly in: string })[];
}

export function newReport(): ExpansionReport {
  return { undefined: [], failures: [] };
}
