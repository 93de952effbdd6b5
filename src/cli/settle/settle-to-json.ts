import { errorToJson } from '../errors/error-to-json.ts';
import type { SettleReport } from './settle-report.ts';

/** The report for programs; the errors that matter most stand first. */
export function settleToJson({ outcome, services, errors, cursor }: SettleReport): Readonly<Record<string, unknown>> {
  const sorted = [...errors].sort(
    (one, other) => Number(one.isMended) - Number(other.isMended) || other.lastAt - one.lastAt,
  );
  return {
    outcome,
    services: services.map(({ service, view, isWell, broken }) => ({
      service: service.name,
      state: view.state,
      url: view.url,
      isWell,
      ...(broken.length > 0 && { broken }),
    })),
    cursor: new Date(cursor).toISOString(),
    errors: sorted.map(errorToJson),
  };
}
