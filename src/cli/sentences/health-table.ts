import { formatDuration } from '../../base/duration.ts';
import { describeSeen } from '../../runtime/sentences/describe-seen.ts';
import type { JudgedState } from '../../runtime/state/judge-status.ts';
import type { ResponseGrade } from '../../runtime/state/lifecycle.ts';
import type { CheckOutcome } from '../../runtime/supervisor/run/check-run.ts';
import { lineUp } from '../screen/columns.ts';
import type { Colour, Paint } from '../screen/paint.ts';

/** One service after it was probed; `down`: there was nothing to probe; `unknown`: it runs, and nothing tells how. */
export interface CheckedService {
  readonly service: string;
  readonly state: JudgedState;
  readonly url: string | null;
  readonly outcome: CheckOutcome | { readonly kind: 'down' | 'unknown' };
  readonly grade: ResponseGrade | null;
}

const GRADE_COLOURS: Readonly<Record<ResponseGrade, Colour>> = {
  excellent: 'green',
  good: 'green',
  warning: 'yellow',
  critical: 'red',
};

/** One line a service: verdict, response time with its grade, address, and what was seen when it is not well. */
export function healthTable(checked: readonly CheckedService[], paint: Paint): readonly string[] {
  return lineUp(
    checked.map((service) => [
      service.service,
      verdict(service, paint),
      response(service, paint),
      [service.url, detail(service)].filter((part) => part !== null).join('  '),
    ]),
  );
}

function verdict({ outcome, state }: CheckedService, paint: Paint): string {
  if (outcome.kind === 'passed') return paint('green', 'healthy');
  if (outcome.kind === 'unknown') return paint('yellow', outcome.kind);
  return paint('red', outcome.kind === 'down' ? state : 'unhealthy');
}

function response({ outcome, grade }: CheckedService, paint: Paint): string {
  if (!('responseMs' in outcome) || outcome.responseMs === null) return '-';
  const took = formatDuration(outcome.responseMs);
  return grade === null ? took : `${took} ${paint(GRADE_COLOURS[grade], grade)}`;
}

function detail({ outcome }: CheckedService): string | null {
  switch (outcome.kind) {
    case 'failed':
      return describeSeen(outcome.seen);
    case 'stolen':
      return 'another process answers on its port';
    case 'passed':
    case 'down':
    case 'unknown':
      return null;
  }
}
