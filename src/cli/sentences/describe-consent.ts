import { enumerate } from '../../runtime/sentences/sentence.ts';

const SHOWN = 5;

/** What `init` finds in a folder that only holds repositories. */
export function describeNested(folders: readonly string[]): string {
  const more = folders.length > SHOWN ? [`${folders.length - SHOWN} more`] : [];
  const named = enumerate([...folders.slice(0, SHOWN), ...more]);
  return `this folder is no git repository, but holds ${folders.length} of them (${named})`;
}

/** What `init` asks before it writes, `changed` being the user's own files that get a part of ours. */
export function describeWriting(config: string | null, changed: readonly string[]): string {
  const what =
    config === null ? 'Generate everything from the config that is here' : `Write ${config} and generate everything`;
  return changed.length === 0 ? `${what}?` : `${what}? This adds to ${enumerate(changed)}`;
}
