import type { ServiceView } from '../service-view.ts';

/** The status file's own shape, with what the process table made of it. */
export function statusToJson({ status, state, pid, supervised }: ServiceView): Readonly<Record<string, unknown>> {
  return { ...status, state, pid, supervised };
}
