import { formatDuration } from '../../base/duration.ts';
import type { CheckoutUse, PresentUser } from '../../runtime/state/use-file.ts';
import type { Paint } from '../screen/paint.ts';

/** `claude (pid 4711), pts/3 (pid 4720)` */
export function describeUsers(users: readonly Pick<PresentUser, 'name' | 'identity'>[]): string {
  return users.map(({ name, identity: { pid } }) => `${name} (pid ${pid})`).join(', ');
}

/** The lines about who uses what runs, and when it ends, below the services. */
export function describeUse(
  { users, ends }: CheckoutUse,
  { paint, now }: { readonly paint: Paint; readonly now: number },
): readonly string[] {
  const lines = [
    ...(users.length === 0 ? [] : [`used by ${describeUsers(users)}`]),
    ...(ends === null ? [] : [`stops in ${formatDuration(Math.max(0, Date.parse(ends.at) - now))}`]),
  ];
  return lines.map((line) => paint('dim', line));
}
