import { type Candidate, NO_PORT } from '../candidate.ts';
import type { Launch } from '../commands/launch.ts';

/** The candidate behind `go run .` and its kin: what it serves and where is the business of its language's own rule. */
export function projectCandidate(launch: Launch): Candidate {
  return { ...plainCandidate(launch), kind: 'backend', framework: launch.ecosystem, confidence: 0.4 };
}

/** A queue worker or a watcher: recognised, never proposed as a web server. */
export function workerCandidate(launch: Launch): Candidate {
  return {
    ...plainCandidate(launch),
    kind: 'worker',
    framework: launch.program?.framework ?? 'worker',
    entry: launch.words.join(' '),
  };
}

function plainCandidate(launch: Launch): Candidate {
  const { invocation, outer } = launch;
  return {
    cwd: invocation.cwd,
    home: launch.cwd,
    ecosystem: launch.ecosystem,
    framework: launch.ecosystem,
    kind: 'backend',
    label: launch.label,
    entry: launch.entry,
    command: invocation.text,
    developerCommand: outer.cwd === invocation.cwd ? outer.text : invocation.text,
    port: NO_PORT.port,
    portSource: NO_PORT.source,
    portRank: NO_PORT.rank,
    health: null,
    healthSource: null,
    confidence: 0.6,
    evidence: [
      {
        file: invocation.file,
        line: invocation.line,
        says: `\`${invocation.text}\` runs \`${launch.words.join(' ')}\``,
      },
    ],
    env: {},
    alternatives: [],
    basis: 'named',
  };
}
