import { resolve } from 'node:path';
import { readEnvFile } from '../../../config/read-env-file.ts';
import { withEnvFileValues } from '../../../plan/env-file-values.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { readRunRecord } from '../../state/run-record-file.ts';

/** The runs of these services whose records can be read, with what their env files hold now. */
export function recordedRuns(root: string, services: readonly string[]): readonly RunRecord[] {
  return services.flatMap((service) => {
    const record = readRunRecord(root, service);
    return record.ok ? [{ ...record.value, plan: withEnvFileValues(record.value.plan, textOf) }] : [];
  });

  function textOf(path: string): string | null {
    const reading = readEnvFile(resolve(root, path));
    return reading.kind === 'read' ? reading.text : null;
  }
}
