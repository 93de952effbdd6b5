import type { ServiceView } from './service-view.ts';

/** The status file's own shape, with what the process table made of it; `inConfig` only where it is false. */
export function statusToJson({
  status,
  state,
  pid,
  supervised,
  isListed,
}: ServiceView): Readonly<Record<string, unknown>> {
  return { ...status, state, pid, supervised, ...(isListed ? {} : { inConfig: false }) };
}
