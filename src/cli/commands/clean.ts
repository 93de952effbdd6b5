import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathsOf } from '../../runtime/state/paths.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { isUp, viewService } from '../service-view.ts';
import { unlistedServices } from '../unlisted-services.ts';

/** Removes what the runtime wrote and nobody needs any more: rotated logs, logs of what does not run, the cached plan. */
export function runClean({ checkout, screen }: CommandContext): ExitCode {
  const { root, plan } = checkout;
  const paths = pathsOf(root);
  const running = new Set(
    [...plan.services, ...unlistedServices(root, plan)]
      .filter((service) => isUp(viewService(root, service)))
      .map(({ name }) => `${name}.log`),
  );
  const old = namesIn(paths.logs).filter((name) => /\.log(\.\d+)?$/.test(name) && !running.has(name));
  // The runtime's own log is open as long as a supervisor lives, which is as long as something runs.
  const removable = running.size > 0 ? old.filter((name) => name !== 'devgen.log') : old;
  const files = [...removable.map((name) => join(paths.logs, name)), paths.planCache];
  const bytes = files.reduce((sum, file) => sum + sizeOf(file), 0);
  for (const file of files) rmSync(file, { force: true });
  const kept = running.size === 0 ? '' : `; kept the logs of what runs (${[...running].join(', ')})`;
  const count = removable.length === 1 ? '1 log file' : `${removable.length} log files`;
  screen.out(`removed ${count} and the cached plan (${Math.ceil(bytes / 1024)} KiB)${kept}`);
  return EXIT.done;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Nothing ever ran here.
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
