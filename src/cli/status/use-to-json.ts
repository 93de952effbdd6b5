import type { CheckoutUse } from '../../runtime/state/use-file.ts';

/** Who uses what runs, and when it ends; empty where there is nothing to say. */
export function useToJson({ users, ends }: CheckoutUse) {
  const shown = users.map(({ name, identity: { pid }, names, since }) => ({ name, pid, services: names, since }));
  return { ...(users.length > 0 && { users: shown }), ...(ends !== null && { endsAt: ends.at }) };
}
