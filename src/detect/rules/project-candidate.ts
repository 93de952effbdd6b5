import { type Candidate, NO_PORT } from '../candidate.ts';
import type { Launch } from '../commands/launch.ts';
import { launchFacts } from './launch-facts.ts';
import { propose } from './propose.ts';

/** The candidate behind `go run .` and its kin: what it serves and where is the business of its language's own rule. */
export function projectCandidate(launch: Launch): Candidate {
  return propose({
    ...launchFacts(launch),
    home: launch.cwd,
    framework: launch.ecosystem,
    kind: 'backend',
    entry: launch.entry,
    command: launch.invocation.text,
    port: NO_PORT,
    confidence: 0.4,
  });
}

/** A queue worker or a watcher: recognised, never proposed as a web server. */
export function workerCandidate(launch: Launch): Candidate {
  return propose({
    ...launchFacts(launch),
    home: launch.cwd,
    framework: launch.program?.framework ?? 'worker',
    kind: 'worker',
    entry: launch.words.join(' '),
    command: launch.invocation.text,
    port: NO_PORT,
    confidence: 0.6,
  });
}
