import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runTag } from '../../src/platform/run-marks.ts';
import type { ProcessEnd } from '../../src/platform/spawn-service.ts';
import { launchRun } from '../../src/runtime/process/launch-run.ts';
import { newRunId } from '../../src/runtime/process/new-run-id.ts';
import type { RunTrace } from '../../src/runtime/process/run-trace.ts';
import { userEnvironment } from '../rig/environment.ts';
import { killQuietly, type LivingProcess, processesOf } from '../rig/processes.ts';
import { waitUntil } from '../rig/wait-until.ts';

/** A run of real processes in a folder of its own; whatever is left of it ends with the test. */
export interface TestRun {
  readonly trace: RunTrace & { readonly root: NonNullable<RunTrace['root']> };
  readonly folder: string;
  readonly exited: Promise<ProcessEnd>;
  /** Who lives of it, found without the code under test: by the tag, and by the folder as working directory. */
  living(): LivingProcess[];
  log(): string;
  /** Waits until its log holds that text. */
  said(text: string): Promise<void>;
}

/** The run's programs find their folder as working directory and in `$FOLDER`. */
export async function startRun(command: string, parent: 'subreaper' | 'ourselves' = 'ourselves'): Promise<TestRun> {
  const folder = mkdtempSync(join(tmpdir(), 'devgen-run-'));
  mkdirSync(join(folder, 'state'));
  const id = newRunId();
  const log = join(folder, 'service.log');
  const living = (): LivingProcess[] => processesOf({ variable: runTag(id), folder });
  onTestFinished(async () => {
    // A process that forks all the time is only caught between two forks.
    for (let round = 0; living().length > 0 && round < 1000; round++) for (const { pid } of living()) killQuietly(pid);
    await waitUntil(() => living().length === 0);
    rmSync(folder, { recursive: true, force: true });
  });
  const record = {
    id,
    root: null,
    fifo: join(folder, 'state', `${id}.fifo`),
    log,
    cwd: folder,
    plan: { command, nice: 0 },
  };
  const exported = { ...userEnvironment(), FOLDER: folder, [runTag(id)]: '1' };
  const outcome = await launchRun({
    record,
    environment: { exported, named: {} },
    ...(parent === 'subreaper' && { subreaper: { tag: runTag(id), title: log } }),
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  const { identity, exited } = outcome.value;
  const text = (): string => readFileSync(log, 'utf8');
  const said = async (part: string): Promise<void> => void (await waitUntil(() => text().includes(part)));
  return { trace: { id, root: identity, fifo: record.fifo, log }, folder, exited, living, log: text, said };
}
