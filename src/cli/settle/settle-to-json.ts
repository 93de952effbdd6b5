import type { ErrorGroup } from '../../runtime/errors/group-errors.ts';
import { errorToJson } from '../errors/error-to-json.ts';
import type { SettleReport } from './settle-report.ts';

/** One round of cuts, from what is missed least. */
interface Cut {
  readonly errors: number;
  readonly lines: number;
  readonly frames: number;
}

const CUTS: readonly Cut[] = [
  { errors: 20, lines: 12, frames: 8 },
  { errors: 10, lines: 6, frames: 3 },
  { errors: 6, lines: 0, frames: 1 },
  { errors: 3, lines: 0, frames: 0 },
  { errors: 1, lines: 0, frames: 0 },
];
const LONGEST_TEXT = 300;
const MOST_BROKEN = 5;

/**
 * The report for programs, in at most `mostBytes` where the names of the services allow it; `more`: errors that were
 * left out.
 */
export function settleToJson(report: SettleReport, mostBytes: number): Readonly<Record<string, unknown>> {
  const documents = CUTS.map((cut) => cutTo(report, cut));
  const fitting = documents.find((document) => Buffer.byteLength(JSON.stringify(document)) <= mostBytes);
  return fitting ?? documents.at(-1) ?? {};
}

function cutTo({ outcome, services, errors, cursor }: SettleReport, cut: Cut): Readonly<Record<string, unknown>> {
  const shown = [...errors].sort(
    (one, other) => Number(one.isMended) - Number(other.isMended) || other.lastAt - one.lastAt,
  );
  return {
    outcome,
    services: services.map(({ service, view, isWell, broken }) => ({
      service: service.name,
      state: view.state,
      url: view.url,
      isWell,
      ...(broken.length > 0 && { broken: broken.slice(0, MOST_BROKEN) }),
    })),
    errors: shown.slice(0, cut.errors).map((error) => cutError(error, cut)),
    more: Math.max(0, errors.length - cut.errors),
    cursor: new Date(cursor).toISOString(),
  };
}

function cutError(error: ErrorGroup, { lines, frames }: Cut) {
  const { message, ...rest } = errorToJson(error);
  return {
    ...rest,
    message: message.slice(0, LONGEST_TEXT),
    frames: error.frames.slice(0, frames),
    lines: error.lines.slice(0, lines).map((line) => line.slice(0, LONGEST_TEXT)),
  };
}
