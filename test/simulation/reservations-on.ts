import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './machine.ts';

/** Another checkout. */
export const NEIGHBOUR = '/neighbour';

/** The ports that checkouts of a simulated machine have claimed, whose supervisors live. */
export function reservationsOn(machine: Machine): readonly { readonly port: number; readonly root: string }[] {
  const folder = join(machine.folder, 'runtime/ports');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.flatMap((name) => {
    const port = Number(/^(\d+)\.json$/.exec(name)?.[1]);
    if (Number.isNaN(port)) return [];
    const { root, supervisor } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Reservation;
    return machine.find(supervisor.pid) === undefined ? [] : [{ port, root }];
  });
}

interface Reservation {
  readonly root: string;
  readonly supervisor: { readonly pid: number };
}
