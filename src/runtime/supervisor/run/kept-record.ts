import type { Result } from '../../../base/result.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { writeRunRecord } from '../../state/run-record-file.ts';
import type { Unwritable } from '../../state/state-file.ts';
import { removeRun } from './remove-run.ts';

/** What may become of a record while its run lives. */
export type RecordChange = Partial<Pick<RunRecord, 'root' | 'container' | 'port' | 'url' | 'readyAt' | 'logOffset'>>;

/**
 * The record of one run, in memory and on disk. It alone writes that file, and after `remove` it writes nothing any
 * more: late news of a run that is over must not look like a run that lives.
 */
export class KeptRecord {
  readonly #root: string;
  #record: RunRecord;
  #isRemoved = false;

  constructor(root: string, record: RunRecord) {
    this.#root = root;
    this.#record = record;
  }

  get record(): RunRecord {
    return this.#record;
  }

  write(): Result<null, Unwritable> | null {
    return this.#isRemoved ? null : writeRunRecord(this.#root, this.#record);
  }

  amend(change: RecordChange): void {
    if (this.#isRemoved) return;
    this.#record = { ...this.#record, ...change };
    this.write();
  }

  /** The run is over: removes what would claim that it lives. */
  remove(): void {
    if (this.#isRemoved) return;
    this.#isRemoved = true;
    removeRun(this.#root, this.#record);
  }
}
